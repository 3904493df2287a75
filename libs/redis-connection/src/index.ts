export { RedisClient } from './redis/redis-client.js';
export { type RedisConnection } from './redis/redis-connection.js';
export { RedisScript } from './redis/redis-script.js';
