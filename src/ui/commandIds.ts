/** Every command of the manifest by the name the code uses for it; a test compares both. */
export const COMMANDS = {
  refresh: 'clientKeys.refresh',
  chooseAccount: 'clientKeys.chooseAccount',
  rotate: 'clientKeys.rotate',
  copyKeyId: 'clientKeys.copyKeyId',
  openAudit: 'clientKeys.openAudit',
  retry: 'clientKeys.retry',
  showExpiring: 'clientKeys.showExpiring',
  refreshRotations: 'clientKeys.refreshRotations',
  scanReferences: 'clientKeys.scanReferences',
  openReference: 'clientKeys.openReference',
  previewPatch: 'clientKeys.previewPatch',
  applyPatch: 'clientKeys.applyPatch',
  undoPatch: 'clientKeys.undoPatch',
  replaceInPlace: 'clientKeys.replaceInPlace',
  putBeside: 'clientKeys.putBeside',
  copyManualCommand: 'clientKeys.copyManualCommand',
  copyManualValue: 'clientKeys.copyManualValue',
  resumeRotation: 'clientKeys.resumeRotation',
  deleteOldKey: 'clientKeys.deleteOldKey',
  abandonRotation: 'clientKeys.abandonRotation',
  removeOldFiles: 'clientKeys.removeOldFiles',
  useNewKeyHere: 'clientKeys.useNewKeyHere',
  movePassword: 'clientKeys.movePassword',
  addToGitignore: 'clientKeys.addToGitignore',
  revealCredentialFile: 'clientKeys.revealCredentialFile',
  copyRequestId: 'clientKeys.copyRequestId',
  showLog: 'clientKeys.showLog',
} as const;

export type CommandId = (typeof COMMANDS)[keyof typeof COMMANDS];

export const VIEWS = { keys: 'clientKeys.keys', rotations: 'clientKeys.rotations' } as const;

/** Keys of `setContext` that `when` clauses of the manifest read. */
export const CONTEXTS = {
  accountsRead: 'clientKeys.accountsRead',
  hasAccount: 'clientKeys.hasAccount',
  rotationsRead: 'clientKeys.rotationsRead',
  hasOpenRotation: 'clientKeys.hasOpenRotation',
} as const;
