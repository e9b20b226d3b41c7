import { Outside } from './Outside';
import { useView } from './viewContext';

const SHOWN = 2;
const MAX = 200;
/** Longer than any address; the field is the client's to fill. */
const MAX_LENGTH = 64;

interface AddressesProps {
  readonly network: string;
  readonly addresses: readonly string[];
}

/** The network of a caller class and its addresses: the first, and the others on demand. They change at every roll-out. */
export function Addresses({ network, addresses }: AddressesProps) {
  const { strings } = useView();
  const first = addresses.slice(0, SHOWN).join(', ');
  const shown = [network, first].filter((part) => part !== '').join(': ');
  if (shown === '') return null;
  const others = addresses.slice(SHOWN, MAX);
  return (
    <span class="details addresses">
      <Outside text={shown} />
      {others.length > 0 && (
        <details>
          <summary>
            <span class="visually-hidden">{strings.address} </span>+{addresses.length - SHOWN}
          </summary>
          <span>
            {others.map((address) => address.slice(0, MAX_LENGTH)).join(', ')}
            {addresses.length > MAX && ' …'}
          </span>
        </details>
      )}
    </span>
  );
}
