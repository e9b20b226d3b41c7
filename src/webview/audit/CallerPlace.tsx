import type { AuditCallerRow, FromAuditView } from '../../model/auditView';
import { tell } from './host';
import { Icon } from './Icon';
import { Outside } from './Outside';
import { useView } from './viewContext';

interface CallerPlaceProps {
  readonly row: AuditCallerRow;
  /** Element that names the caller. */
  readonly nameId: string;
}

/** Where the caller stands in this workspace. One that stands nowhere here is somebody else's service, and stands out. */
export function CallerPlace({ row, nameId }: CallerPlaceProps) {
  const { strings } = useView();
  return (
    <div class="where">
      {row.reference !== undefined ? (
        <>
          <RowButton
            id={`${nameId}-reference`}
            nameId={nameId}
            label={row.reference.label}
            says={{ type: 'openReference', caller: row.id }}
          />
          <span class="details">
            <Outside text={row.reference.how} />
          </span>
        </>
      ) : row.unexplained ? (
        <span class="state">
          <Icon name="bang" />
          <strong>{strings.noReference}</strong>
        </span>
      ) : (
        row.retire === undefined && '–'
      )}
      {row.retire !== undefined && (
        <RowButton
          id={`${nameId}-retire`}
          nameId={nameId}
          label={row.retire === 'mark' ? strings.markRetired : strings.unmarkRetired}
          says={{ type: row.retire === 'mark' ? 'markRetired' : 'unmarkRetired', caller: row.id }}
        />
      )}
    </div>
  );
}

interface RowButtonProps {
  readonly id: string;
  readonly nameId: string;
  readonly label: string;
  readonly says: FromAuditView;
}

/** A button of a row. Its name ends in the caller's: a list of buttons must make sense without the table. */
function RowButton({ id, nameId, label, says }: RowButtonProps) {
  return (
    <button type="button" class="link" id={id} aria-labelledby={`${id} ${nameId}`} onClick={() => tell(says)}>
      <Outside text={label} />
    </button>
  );
}
