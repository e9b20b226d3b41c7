import { type HiddenRange, hiddenLines, type Notation } from '../../notation';
import { isHarmless, looksLikeName } from '../settingNames';
import { jsonReferences } from './jsonReferences';
import { encodeJson } from './jsonString';

/** Files that no program takes a client key from, or that only tools write: a patch has no business in them. */
const NEVER =
  /^(?:package(?:-lock)?|npm-shrinkwrap|composer|tsconfig(?:\..+)?|jsconfig|biome|\.?eslintrc|\.?prettierrc|bower|lerna|nx|turbo|deno|angular|renovate|Pipfile|project\.assets|packages\.lock)\.jsonc?$|\.tfstate(?:\.backup)?$|\.(?:schema|map|min)\.json$/i;

/** JSON, with comments and trailing commas where there are any. Only the edited literals are written anew. */
export const json: Notation = {
  name: 'json',
  configures: true,

  covers: (fileName) => /\.jsonc?$/i.test(fileName) && !NEVER.test(fileName),

  async find(text) {
    return { ...jsonReferences(text), hidden: hiddenIn(text) };
  },

  encode: encodeJson,

  quotes(raw, form) {
    const width = form === undefined && raw.startsWith('"') ? 1 : 0;
    return { open: width, close: width };
  },
};

const TOKEN = /"(?:[^"\\\r\n]|\\.)*"?|\/\/[^\r\n]*|\/\*[\s\S]*?(?:\*\/|$)|[^\s{}[\]:,"/]+|\//g;

/** Every value and comment, names that look like none, and all that is no JSON. */
function hiddenIn(text: string): readonly HiddenRange[] {
  return [...text.matchAll(TOKEN)].flatMap(({ 0: token, index: start }): readonly HiddenRange[] => {
    const end = start + token.length;
    if (token.startsWith('//')) return [{ start, end, open: 2 }];
    if (token.startsWith('/*')) return hiddenLines(text, start + 2, token.endsWith('*/') ? end - 2 : end);
    if (!token.startsWith('"')) return isHarmless(token) ? [] : [{ start, end }];
    if (isName(text, token, end)) return [];
    return [{ start, end, open: 1, close: token.length > 1 && token.endsWith('"') ? 1 : 0 }];
  });
}

function isName(text: string, token: string, end: number): boolean {
  const name = token.slice(1, -1).replaceAll(':', '.');
  return /^\s*:/.test(text.slice(end, end + 20)) && looksLikeName(name);
}
