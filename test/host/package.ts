import { ensurePackaged } from './packagedExtension';

// Before the tests, so that those that run side by side find it made.
ensurePackaged().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
