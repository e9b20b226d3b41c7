import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { COMMANDS, CONTEXTS, VIEWS } from '../../../src/ui/commandIds';

const ROOT = join(__dirname, '../../..');
const menuItem = v.object({
  command: v.string(),
  when: v.optional(v.string()),
  group: v.optional(v.string()),
});
const schema = v.object({
  name: v.literal('kms-client-keys'),
  icon: v.string(),
  extensionKind: v.array(v.string()),
  activationEvents: v.array(v.string()),
  capabilities: v.object({
    untrustedWorkspaces: v.object({
      supported: v.literal('limited'),
      restrictedConfigurations: v.array(v.string()),
    }),
    virtualWorkspaces: v.object({ supported: v.literal('limited') }),
  }),
  contributes: v.object({
    viewsContainers: v.object({ activitybar: v.array(v.object({ id: v.string(), icon: v.string() })) }),
    views: v.record(v.string(), v.array(v.object({ id: v.string() }))),
    viewsWelcome: v.array(v.object({ view: v.string(), contents: v.string(), when: v.optional(v.string()) })),
    commands: v.array(
      v.object({ command: v.string(), title: v.string(), category: v.string(), icon: v.string() }),
    ),
    menus: v.record(v.string(), v.array(menuItem)),
    colors: v.array(
      v.object({
        id: v.string(),
        defaults: v.object({
          dark: v.string(),
          light: v.string(),
          highContrast: v.string(),
          highContrastLight: v.string(),
        }),
      }),
    ),
    configuration: v.object({
      properties: v.record(
        v.string(),
        v.object({ scope: v.string(), ignoreSync: v.optional(v.boolean()), markdownDescription: v.string() }),
      ),
    }),
  }),
});
const manifest = v.parse(schema, JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')));
const { contributes } = manifest;
const ids = Object.values<string>(COMMANDS).sort();

describe('manifest', () => {
  it('declares exactly the commands that the code knows', () => {
    assert.deepEqual(contributes.commands.map(({ command }) => command).sort(), ids);
  });

  it('shows only declared commands in menus, and each of them somewhere', () => {
    const shown = Object.values(contributes.menus).flat();
    for (const { command } of shown) assert.ok(ids.includes(command), command);
    const reachable = new Set(
      Object.entries(contributes.menus).flatMap(([menu, items]) =>
        menu === 'commandPalette' ? [] : items.map(({ command }) => command),
      ),
    );
    const hidden = contributes.menus.commandPalette?.filter(({ when }) => when === 'false') ?? [];
    const byClick: string[] = [
      COMMANDS.openReference,
      COMMANDS.useNewKeyHere,
      COMMANDS.movePassword,
      COMMANDS.addToGitignore,
      COMMANDS.revealCredentialFile,
    ];
    for (const { command } of hidden) assert.ok(reachable.has(command) || byClick.includes(command), command);
  });

  it('offers every action beside a row in its context menu too, which the keyboard reaches', () => {
    const items = contributes.menus['view/item/context'] ?? [];
    const [inline, others] = [true, false].map((wanted) =>
      items.filter(({ group }) => group?.startsWith('inline') === wanted),
    );
    for (const { command, when } of inline ?? []) {
      const twins = (others ?? []).filter((item) => item.command === command).map((item) => item.when);
      // A key that expires is a client key, of which more can be rotated.
      const isThere = command === COMMANDS.rotate ? twins.length > 0 : twins.includes(when);
      assert.ok(isThere, `${command} for ${when}`);
    }
  });

  it('hides from the command palette what makes no sense before anybody has signed in or begun', () => {
    const always: string[] = [
      COMMANDS.refresh,
      COMMANDS.signIn,
      COMMANDS.copyPolicy,
      COMMANDS.refreshRotations,
      COMMANDS.showLog,
    ];
    const withCondition = (contributes.menus.commandPalette ?? []).map(({ command }) => command);
    assert.equal(new Set(withCondition).size, withCondition.length);
    assert.deepEqual([...withCondition, ...always].sort(), ids);
  });

  it('declares exactly the views that the code knows, each with a welcome that waits until it is known to be empty', () => {
    const views = Object.values(contributes.views).flat();
    assert.deepEqual(views.map(({ id }) => id).sort(), Object.values<string>(VIEWS).sort());
    for (const { id } of views) {
      const welcomes = contributes.viewsWelcome.filter(({ view }) => view === id);
      assert.ok(welcomes.length > 0, id);
      for (const { when } of welcomes) assert.match(when ?? '', /clientKeys\.(accountsRead|rotationsRead)/);
    }
  });

  it('reads only context keys that the code sets', () => {
    const whens = [...Object.values(contributes.menus).flat(), ...contributes.viewsWelcome].map(
      ({ when }) => when ?? '',
    );
    const known: string[] = [...Object.values(CONTEXTS), ...Object.values(VIEWS)];
    for (const when of whens)
      for (const [key] of when.matchAll(/clientKeys\.\w+/g))
        assert.ok(known.includes(key), `${key} in ${when}`);
  });

  it('keeps every setting that weakens a check or leads a call elsewhere out of workspaces and sync', () => {
    const all = Object.entries(contributes.configuration.properties);
    const [display, settings] = [true, false].map((wanted) =>
      all.filter(([name]) => name.startsWith('clientKeys.editor.') === wanted),
    );
    assert.deepEqual(settings?.map(([name]) => name).sort(), [
      'clientKeys.audit.logs',
      'clientKeys.audit.quietPeriodHours',
      'clientKeys.console.site',
      'clientKeys.endpoints.kms',
      'clientKeys.endpoints.log',
      'clientKeys.expiry.criticalDays',
      'clientKeys.expiry.finalDays',
      'clientKeys.expiry.notifications',
      'clientKeys.expiry.warningDays',
      'clientKeys.network.caFile',
      'clientKeys.requests.perSecond',
      'clientKeys.sweep.everyHours',
      'clientKeys.watch.enabled',
    ]);
    // What an editor shows is a matter of taste: nothing is decided by it.
    assert.deepEqual(display?.map(([name]) => name).sort(), [
      'clientKeys.editor.codeLens',
      'clientKeys.editor.diagnostics',
      'clientKeys.editor.hints',
    ]);
    for (const [name, { scope, ignoreSync }] of settings ?? []) {
      assert.equal(scope, 'application', name);
      assert.equal(ignoreSync, true, name);
      assert.ok(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations.includes(name), name);
    }
  });

  it('is loaded where the files are, and only by what it contributes', () => {
    assert.deepEqual(manifest.extensionKind, ['workspace']);
    assert.deepEqual(manifest.activationEvents, ['onStartupFinished', 'onWebviewPanel:clientKeys.audit']);
  });

  it('names colours that exist in every kind of theme, and only its own', () => {
    const rows = [
      'tree/keyIcon.ts',
      'tree/keyRows.ts',
      'rotations/rotationRows.ts',
      'rotations/stepRows.ts',
      'rotations/referenceRows.ts',
    ];
    const used = rows.flatMap((file) =>
      [...readFileSync(join(ROOT, 'src/ui', file), 'utf8').matchAll(/color: '([^']+)'/g)].map(
        (match) => match[1],
      ),
    );
    const declared = contributes.colors.map(({ id }) => id);
    assert.deepEqual([...new Set(used)].sort(), declared.sort());
  });

  it('has its pictures', () => {
    const icons = [manifest.icon, ...contributes.viewsContainers.activitybar.map(({ icon }) => icon)];
    for (const icon of icons) assert.ok(existsSync(join(ROOT, icon)), icon);
  });
});
