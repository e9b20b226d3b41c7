/**
 * Stands in for the package `debug` in the bundles. With `DEBUG` set, as developers have it, httpx would print the headers and
 * answers of every call, and the credentials SDK what it signs: session tokens, and AccessKeys fresh from a sign-in.
 */
function silence(): { (): void; readonly enabled: boolean } {
  return Object.assign(() => {}, { enabled: false });
}

export = silence;
