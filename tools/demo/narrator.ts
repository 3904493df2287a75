/** Tells on the terminal what happens, with the seconds since the start. */
export class Narrator {
  private readonly started = performance.now();
  private dots = 0;

  scene(title: string): void {
    console.log(`\n${this.seconds(this.started).padStart(7)}  ${title}`);
  }

  say(line: string): void {
    if (this.dots > 0) process.stdout.write('\n');
    this.dots = 0;
    console.log(`         ${line}`);
  }

  /** One small step among many. */
  dot(): void {
    process.stdout.write(this.dots++ === 0 ? '         .' : '.');
  }

  verdict(claim: string, holds: boolean): void {
    this.say(`${holds ? 'yes' : ' NO'}  ${claim}`);
  }

  end(line: string): void {
    console.log(`\n${this.seconds(this.started).padStart(7)}  ${line}\n`);
  }

  /** Since a moment of `performance.now()`. */
  seconds(since: number): string {
    return `${((performance.now() - since) / 1_000).toFixed(1)} s`;
  }
}
