import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { DataFolder } from '../standalone/data-folder.js';
import { forgetShape, recordShape, shapeOf } from './set-shape.js';

describe('the shape of a set', () => {
  const data = new DataFolder();
  afterAll(() => data.remove());

  it('is one node at the usual ports, where nothing else is wished', () => {
    expect(shapeOf(data.path, {})).toEqual({ nodes: 1, portOffset: 0 });
  });

  it('stays with its folder', () => {
    const folder = join(data.path, 'three');
    recordShape(folder, { nodes: 3, portOffset: 100 });
    expect(shapeOf(folder, {})).toEqual({ nodes: 3, portOffset: 100 });
    expect(shapeOf(folder, { nodes: 3 })).toEqual({ nodes: 3, portOffset: 100 });
  });

  it('is not changed under the data: the error says what the folder was made for and what to do', () => {
    const folder = join(data.path, 'one');
    recordShape(folder, { nodes: 1, portOffset: 0 });
    expect(() => shapeOf(folder, { nodes: 3 })).toThrow(
      /made with --nodes 1 --port-offset 0.*engines:wipe -- --folder/,
    );
    expect(() => recordShape(folder, { nodes: 1, portOffset: 5 })).toThrow('--port-offset 0');
  });

  it('is free again once the data is gone', () => {
    const folder = join(data.path, 'again');
    recordShape(folder, { nodes: 1, portOffset: 0 });
    forgetShape(folder);
    expect(shapeOf(folder, { nodes: 3 })).toEqual({ nodes: 3, portOffset: 0 });
  });
});
