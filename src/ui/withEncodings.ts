import type { BackgroundWorker } from '../references/background';
import type { Background } from '../rotation/ports';
import { encodings } from './settings';

/** The background for rotations, told what `files.encoding` says for the folders that it looks through. */
export function withEncodings(background: BackgroundWorker): Background {
  return {
    openCredential: background.openCredential,
    scan: (request, options) =>
      background.scan({ ...request, encodings: encodings(request.folders) }, options),
    planPatch: (request, options) =>
      background.planPatch({ ...request, encodings: encodings(request.folders) }, options),
  };
}
