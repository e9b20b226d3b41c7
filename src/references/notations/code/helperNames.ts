const READS_FILE =
  /^(?:must_?)?(?:(?:read|load|slurp|cat)_?(?:text|string|all|bytes|json|key|secret|password|credential)*_?(?:from_?)?(?:file|content|path)\w*|(?:get|read)_?file_?contents?|file_?(?:get_?)?contents?|(?:read|load)_?(?:all|text))$/i;
const READS_ENVIRONMENT =
  /^(?:must_?|safe_?|require_?)?(?:get|lookup|read|require|fetch|load|from)?_?(?:os_?)?env(?:iron(?:ment)?)?_?(?:var(?:iable)?|str(?:ing)?|value)?(?:_?(?:or|with|or_?else|or_?with)?_?(?:default|fallback|empty|else|panic|die|exit)?)$/i;

/** Whether a function of one's own is called like one that gives the content of a file: `readFile`, `load_text`. */
export function readsFile(name: string): boolean {
  return READS_FILE.test(name);
}

/** Whether a function of one's own is called like one that reads the environment: `getEnv`, `env_or_default`. */
export function readsEnvironment(name: string): boolean {
  return READS_ENVIRONMENT.test(name);
}
