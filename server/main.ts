import { configOrExit, openProgram, serve, StartError, stopOnSignal, welcomeLine } from './program.ts';

const config = configOrExit();
try {
  await openProgram(config);
  const { address, stop } = await serve(config);
  stopOnSignal(stop);
  process.stdout.write(`listening on ${address}\n`);
  const welcome = await welcomeLine(address);
  if (welcome) process.stdout.write(`${welcome}\n`);
} catch (error) {
  if (!(error instanceof StartError) && (error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
  process.stderr.write(`cannot start: ${(error as Error).message}\n`);
  process.exit(1);
}
