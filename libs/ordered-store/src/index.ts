export { OrderedStore } from './ordered-store.js';
export { Table, type Key, type Range, type Row } from './table.js';
export { DataFolderInUseError, DataFolderLock } from './data-folder-lock.js';
