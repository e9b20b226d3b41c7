/** The rooms that are loaded on first use: the build turns each of these imports into an output file of its own. */
export const loadBackground = () => import('../references/background');
export const loadCloud = () => import('../cloud/index');
export const loadAudit = () => import('../cloud/audit/index');
export const loadTree = () => import('./tree/treeRoom');
export const loadRotation = () => import('../rotation/index');
