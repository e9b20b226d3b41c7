import type { Theme } from '../host/theme';
import type { Workbench } from '../host/workbench';

export interface Pictures {
  /** A picture in each theme. Anything that closes on a loss of focus is not on it. */
  take(name: string): Promise<void>;
  /** One picture of what is there, in the theme that is on. */
  takeAsIs(name: string): Promise<void>;
}

/** Pictures of the stages, for README. Each series begins with the theme that the one before ended with. */
export function createPictures(workbench: () => Workbench): Pictures {
  let themes: readonly Theme[] = ['Dark Modern', 'Light Modern', 'Default High Contrast'];

  async function restMouse(): Promise<void> {
    // Away from tooltips and from what is marked under it.
    await workbench().page.mouse.move(640, 799);
  }

  return {
    async take(name) {
      await workbench().closeNotifications();
      await restMouse();
      await workbench().screenshot(name, ...themes);
      themes = themes.toReversed();
    },
    async takeAsIs(name) {
      await restMouse();
      await workbench().screenshot(name);
    },
  };
}
