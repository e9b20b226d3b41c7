/** What a secret shows instead of itself, wherever something tries to print it. */
const MASK = '•••';

/**
 * A password, private key or token on its way through the program. It prints as `•••` in every usual way of printing
 * (template strings, JSON, `util.inspect`), so that a log line, an error or a journal cannot leak it by accident.
 * The only way to the text is `reveal()`.
 */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  reveal(): string {
    return this.#text;
  }

  get length(): number {
    return this.#text.length;
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  /** Called by `util.inspect` and therefore by `console.log`. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return MASK;
  }
}
