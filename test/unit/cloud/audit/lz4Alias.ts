import Module from 'node:module';
import path from 'node:path';

/**
 * Import this before the log SDK: `lz4-napi` becomes our decoder, as in the bundle. So the tests need no native module, and run
 * what is shipped. It does nothing where another test has loaded the SDK before.
 */
const ours = path.resolve(__dirname, '../../../../src/cloud/audit/lz4Block.ts');

interface Resolver {
  _resolveFilename(request: string, ...rest: unknown[]): string;
}

const resolver: Resolver = Object.assign(Module);
const original = resolver._resolveFilename;
resolver._resolveFilename = (request, ...rest) =>
  original.call(resolver, request === 'lz4-napi' ? ours : request, ...rest);
