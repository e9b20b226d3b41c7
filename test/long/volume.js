// Plain JavaScript, required by mocha before any test is loaded: how much more the long run does than the ordinary one.
process.env.PROPERTY_RUNS ??= '10000';
process.env.FUZZ_CASES ??= '3000';
