import readline from 'node:readline';
import { DEMO_ACCESS_KEY, DEMO_STS_KEY } from './demoWorld';
import { startSimulator } from './index';

/** `npm run simulator [PORT]`: the demo world until Ctrl+C or `q`; `d` goes to the next day. */
async function main(): Promise<void> {
  const port = Number(process.argv[2] ?? 0);
  const simulator = await startSimulator({ port });
  console.log(`Simulator of Alibaba Cloud KMS and its log service: ${simulator.url}\n`);
  console.log('Settings of the extension:');
  for (const [name, value] of Object.entries(simulator.settings)) console.log(`  "${name}": "${value}"`);
  console.log('\nCredentials (they are accepted here and nowhere else):');
  console.log(`  ALIBABA_CLOUD_ACCESS_KEY_ID=${DEMO_ACCESS_KEY.id}`);
  console.log(`  ALIBABA_CLOUD_ACCESS_KEY_SECRET=${DEMO_ACCESS_KEY.secret}`);
  console.log(`  or, temporary: ${DEMO_STS_KEY.id} / ${DEMO_STS_KEY.secret} / ${DEMO_STS_KEY.securityToken}`);
  console.log('\nd = next day, q = stop');

  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    if (process.stdin.isTTY) process.stdin.setRawMode(false);
    await simulator.stop();
    // An open standard input would keep the process alive.
    process.exit(0);
  };
  const press = async (key: string) => {
    if (key === 'q' || key === '\u0003') return stop();
    if (key !== 'd') return;
    await simulator.control.nextDay();
    console.log(`Server time is now ${new Date(await simulator.control.now()).toISOString()}`);
  };
  process.on('SIGINT', () => void stop());
  process.on('SIGTERM', () => void stop());
  if (process.stdin.isTTY) {
    process.stdin.setRawMode(true);
    process.stdin.setEncoding('utf8').on('data', (key: string) => void press(key));
  } else {
    readline.createInterface({ input: process.stdin }).on('line', (line) => void press(line.trim()));
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
