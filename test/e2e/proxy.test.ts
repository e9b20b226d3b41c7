import { describeProxy } from './proxyStory';

// `on` is the mode that our own code makes work, and the steps with a password run in `override`; the others in `test:long`.
describeProxy({ leads: ['on'], exceptions: false });
