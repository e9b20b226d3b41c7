import type { AuditViewState } from '../../model/auditView';
import { shortKeyId } from '../../model/clientKey';
import { cutWords } from './cutWords';
import { tell } from './host';
import { Icon } from './Icon';
import { Moment } from './Moment';
import { useView } from './viewContext';

/** Which keys, where, when last checked, and the button that checks again. */
export function Header({ state }: { readonly state: AuditViewState }) {
  const { strings } = useView();
  const loading = state.status === 'loading';
  const places = [state.aapName, state.regionName, ...state.instances];
  return (
    <header>
      <div>
        <h1>
          <KeyId id={state.oldKeyId} />
          {state.newKeyId !== undefined && (
            <>
              <Icon name="arrow" />
              <span class="visually-hidden"> → </span>
              <KeyId id={state.newKeyId} />
            </>
          )}
        </h1>
        <p class="places">{cutWords(places.join(' · '))}</p>
      </div>
      <div class="checked">
        <span>
          {loading ? strings.checking : state.checkedAt !== undefined && <Checked at={state.checkedAt} />}
        </span>
        <button
          type="button"
          class="secondary"
          aria-disabled={loading}
          onClick={() => loading || tell({ type: 'refresh' })}
        >
          {strings.refresh}
        </button>
      </div>
    </header>
  );
}

function KeyId({ id }: { readonly id: string }) {
  return (
    <span class="key-id" title={id}>
      {shortKeyId(id)}
    </span>
  );
}

/** `checked {0}` with the moment in its place. */
function Checked({ at }: { readonly at: number }) {
  const [before = '', after = ''] = useView().strings.checked.split('{0}');
  return (
    <>
      {before}
      <Moment at={at} />
      {after}
    </>
  );
}
