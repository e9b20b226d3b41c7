/** What all windows have told so far, and the right of one of them to tell something. */
interface TellerBook<Records, Claim, Wish> {
  records(): Promise<Records>;
  /** Undefined if nothing is due any more, or while another notification is shown, by whichever window. */
  claim(): Promise<Claim | undefined>;
  finish(claim: Claim, wish?: Wish): Promise<void>;
}

export interface TellerParts<Records, Claim, Wish> {
  readonly book: TellerBook<Records, Claim, Wish>;
  /** What the notifications are about, for the log. */
  readonly name: string;
  /** Whether something is to be told, as far as this window knows. */
  isDue(records: Records): boolean;
  /** Whether the user wants notifications, and nothing is being read that would change what has to be told. */
  isReady(): boolean;
  /** Makes known what other windows have done, which may leave nothing to be told. */
  catchUp(): Promise<void>;
  isFocused(): boolean;
  /** Shows what was claimed; resolves once it is answered or closed. */
  show(claim: Claim): Promise<Wish | undefined>;
  /** Waits; a window that is not focused lets others go first. */
  sleep(ms: number): Promise<void>;
  /** One line without secrets. */
  log(line: string): void;
}

export interface Teller {
  /** Tells what is due, if anything is; resolves once that stands on the screen. A call while one runs does nothing. */
  check(): Promise<void>;
}

const UNFOCUSED_WAIT_MS = 4000;

/** One notification at a time over all windows, and each once. */
export function createTeller<Records, Claim, Wish>(parts: TellerParts<Records, Claim, Wish>): Teller {
  const { book } = parts;
  let running = false;

  async function tell(): Promise<void> {
    if (!parts.isReady() || !parts.isDue(await book.records())) return;
    if (!parts.isFocused()) await parts.sleep(UNFOCUSED_WAIT_MS);
    await parts.catchUp();
    if (!parts.isReady()) return;
    const claim = await book.claim();
    if (claim !== undefined) void waitForAnswer(claim, parts.show(claim));
  }

  /** Nobody may answer for days: that must not keep this window from looking. */
  async function waitForAnswer(claim: Claim, answer: Promise<Wish | undefined>): Promise<void> {
    try {
      await book.finish(claim, await answer.catch(noteFailure));
    } catch (error) {
      noteFailure(error);
    }
  }

  function noteFailure(error: unknown): undefined {
    parts.log(`${parts.name}: ${error instanceof Error ? error.message : 'unknown error'}`);
  }

  return {
    async check() {
      if (running) return;
      running = true;
      try {
        await tell();
      } catch (error) {
        noteFailure(error);
      } finally {
        running = false;
      }
    },
  };
}
