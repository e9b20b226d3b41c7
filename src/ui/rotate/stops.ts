import {
  type Disposable,
  type InputBox,
  QuickInputButtons,
  type QuickPick,
  type QuickPickItem,
  window,
} from 'vscode';

/** What a stop of a quick input ends with: a value, one stop back, or the end of it all. */
export type Answer<T> = { readonly value: T } | 'back' | 'cancelled';

export interface StopFrame {
  readonly title: string;
  readonly step: number;
  readonly totalSteps: number;
  /** A question within a stop leads back to it, the first stop included. */
  readonly canGoBack?: boolean;
}

export type Pick<T> = QuickPickItem & { readonly value: T };

/** One stop with a list. `active` is proposed. */
export function askPick<T>(
  frame: StopFrame,
  placeholder: string,
  items: readonly Pick<T>[],
  active?: T,
): Promise<Answer<T>> {
  const input = window.createQuickPick<Pick<T>>();
  input.placeholder = placeholder;
  input.items = items;
  const proposed = items.find((item) => item.value === active);
  if (proposed) input.activeItems = [proposed];
  return answerOf(input, frame, (resolve) => [
    input.onDidAccept(() => {
      const [item] = input.selectedItems;
      if (item) resolve({ value: item.value });
    }),
  ]);
}

export interface TextQuestion {
  readonly prompt: string;
  readonly placeholder?: string;
  readonly value?: string;
  readonly masked?: boolean;
  /** Shown while typing; with `blocks` the text is not accepted. */
  check(text: string): { readonly message: string; readonly blocks: boolean } | undefined;
}

/** One stop with a text. */
export function askText(frame: StopFrame, question: TextQuestion): Promise<Answer<string>> {
  const input = window.createInputBox();
  input.prompt = question.prompt;
  input.password = question.masked ?? false;
  if (question.placeholder !== undefined) input.placeholder = question.placeholder;
  if (question.value !== undefined) input.value = question.value;
  const show = (text: string) => {
    input.validationMessage = text === '' ? undefined : question.check(text)?.message;
  };
  show(input.value);
  return answerOf(input, frame, (resolve) => [
    input.onDidChangeValue(show),
    input.onDidAccept(() => {
      const problem = question.check(input.value);
      if (problem?.blocks) input.validationMessage = problem.message;
      else resolve({ value: input.value });
    }),
  ]);
}

function answerOf<T, P>(
  input: InputBox | QuickPick<Pick<P>>,
  frame: StopFrame,
  listen: (resolve: (answer: Answer<T>) => void) => Disposable[],
): Promise<Answer<T>> {
  return new Promise((resolve) => {
    const listeners: Disposable[] = [];
    const finish = (answer: Answer<T>) => {
      for (const listener of listeners) listener.dispose();
      input.dispose();
      resolve(answer);
    };
    input.title = frame.title;
    input.step = frame.step;
    input.totalSteps = frame.totalSteps;
    // A look at another window must not lose what was chosen.
    input.ignoreFocusOut = true;
    if (frame.step > 1 || frame.canGoBack) input.buttons = [QuickInputButtons.Back];
    listeners.push(
      ...listen(finish),
      input.onDidTriggerButton((button) => {
        if (button === QuickInputButtons.Back) finish('back');
      }),
      input.onDidHide(() => finish('cancelled')),
    );
    input.show();
  });
}
