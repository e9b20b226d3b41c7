/** Nodes and words of the *Client Keys* view: a file of its own in dist/, loaded when the view is first drawn. */
export { thisMachine } from '../accounts/thisMachine';
export { createKeyTree } from './keyTree';
