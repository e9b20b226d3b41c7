import { isCompose } from './compose';
import type { Expander } from './expansion';
import { child, childText, entriesOf, type YamlTree } from './tree';

/** Who reads a document, as far as it says so itself: file names are a matter of habit. */
export function expanderOf(tree: YamlTree): Expander {
  if (childText(tree, 'apiVersion') !== undefined && childText(tree, 'kind') !== undefined)
    return 'kubernetes';
  if (isCompose(tree)) return 'compose';
  if (isWorkflow(tree)) return 'github';
  return isPipeline(tree) ? 'gitlab' : 'other';
}

/** A workflow of GitHub, a reusable one, or an action made of steps. */
function isWorkflow(tree: YamlTree): boolean {
  const jobs = entriesOf(child(tree, 'jobs'));
  const hasJobs = jobs.some(
    ({ value }) => child(value, 'runs-on') !== undefined || child(value, 'uses') !== undefined,
  );
  return hasJobs || child(child(tree, 'runs'), 'steps') !== undefined;
}

/** A pipeline of GitLab: jobs at the top, each with a script. */
function isPipeline(tree: YamlTree): boolean {
  const entries = entriesOf(tree);
  const hasScript = entries.some(
    ({ key, value }) => key !== 'default' && value.kind === 'map' && child(value, 'script') !== undefined,
  );
  const isTravis = child(tree, 'language') !== undefined && child(tree, 'script') !== undefined;
  return !isTravis && (hasScript || (child(tree, 'stages')?.kind === 'list' && entries.length > 1));
}
