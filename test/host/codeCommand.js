#!/usr/bin/env node
// Stands for the `code` executable of a desktop VS Code where @vscode/test-electron expects one, and runs the tests in
// the server build in a browser instead.
require('tsx/cjs');
require('./extensionTestRun.ts');
