import { Injectable } from '@nestjs/common';

/** Whether this process is going away: it finishes what it has begun and takes nothing new. There is no way back. */
@Injectable()
export class Draining {
  private begun = false;

  get isDraining(): boolean {
    return this.begun;
  }

  begin(): void {
    this.begun = true;
  }
}
