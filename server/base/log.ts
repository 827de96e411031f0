import type { FastifyBaseLogger } from 'fastify'

/** Fastify's logger serves the whole house: one stream, one format. */
export type Log = Pick<FastifyBaseLogger, 'debug' | 'info' | 'warn' | 'error'>

export const silentLog: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
