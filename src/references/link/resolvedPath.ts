import type { Notation as NotationName } from '../../model/reference';
import type { PlacedMount } from '../foundFile';

/** A file or folder of the workspace that a container gets, and what says so. */
export interface Mount extends PlacedMount {
  readonly file: string;
  readonly folder: string;
  readonly notation: NotationName;
  /** The absolute path on this machine. */
  readonly path: string;
  readonly isFolder: boolean;
  /** The folder that the source counts from. */
  readonly base: string;
  /** The file is not here, and its name says which client key it is of. */
  readonly isMissing?: boolean;
}

/** Where a written path leads. */
export interface ResolvedPath {
  /** The absolute path of the existing file. */
  readonly target: string;
  /** The folder that a relative path counts from. */
  readonly base: string;
  /** The path names a build output; `target` is the source that it is made from. */
  readonly isBuilt?: boolean;
  /** The path is one of a container, and this is how the file comes there. */
  readonly mount?: Mount;
}
