import { coverPersonal, decode, type Decoded, longestMessage } from '@plumbline/core/codec/sitejson'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Intake } from '../intake.ts'
import { judgeBy, nothing, type Outcome, retired, stranger } from '../judge.ts'
import { clockCommand, judge } from '../sitejson/judge.ts'

/**
 * HTTP push under /device, for turnstiles, alarm hosts and the clouds of vendors:
 *
 *   POST /device/v1/<number>
 *   x-device-time: 1763618700000            (milliseconds since 1970)
 *   x-device-signature: <hex HMAC-SHA256 of "<x-device-time>\n<body>" with the device's password>
 *
 * The body is the site message. 200 means committed. A repeat within the time allowed is harmless: readings and events
 * count once.
 */
export interface PushDoor {
  /** From now on what comes is taken; before, and after `shut`, it is answered 503. */
  open(intake: Intake): void
  shut(): void
}

/** How far the time of a signature may stand from ours, either way. */
const signedWithin = 5 * 60_000

interface Signed {
  number: string
  time: string
  signature: string
  body: Buffer
  decoded: Decoded
}

/** Is the number proved? Then the message passes the list of all site messages. */
const judgePush = judgeBy<Signed>([
  ({ number }, device) => (device ? null : stranger(number)),
  (_frame, device) => retired(device!),
  (frame, device, { machineNow }) =>
    isSigned(frame, device!.password, machineNow)
      ? null
      : { ...nothing, device, verdict: 'wrong_password', verified: false },
  ({ number, decoded }, device, moment) => judge({ number, secret: null, decoded }, device, moment),
])

function isSigned({ time, signature, body }: Signed, secret: string, now: number): boolean {
  if (!/^\d{13}$/.test(time) || Math.abs(Number(time) - now) > signedWithin || !/^[0-9a-f]{64}$/.test(signature))
    return false
  const expected = createHmac('sha256', secret).update(`${time}\n`).update(body).digest()
  return timingSafeEqual(expected, Buffer.from(signature, 'hex'))
}

/** Hangs the door up; it must hang before the server listens. */
export async function hangPushDoor(http: FastifyInstance): Promise<PushDoor> {
  let intake: Intake | null = null
  // Of its own scope: here a body is bytes, whatever its type, since the signature is over the bytes.
  await http.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: longestMessage }, (_request, body, done) =>
      done(null, body),
    )
    scope.setErrorHandler((error: { statusCode?: number }, _request, reply) =>
      reply
        .code(error.statusCode === 413 ? 413 : 400)
        .send({ refused: error.statusCode === 413 ? 'too_long' : 'malformed' }),
    )
    scope.post('/device/v1/:number', (request, reply) => receive(intake, request, reply))
  })
  return {
    open: (opened) => {
      intake = opened
    },
    shut: () => {
      intake = null
    },
  }
}

async function receive(intake: Intake | null, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const { number } = request.params as { number: string }
  if (!intake || intake.isFull) return reply.code(503).header('retry-after', '5').send({ refused: 'busy' })
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
  const header = (name: string) => String(request.headers[name] ?? '')
  const frame = {
    number,
    time: header('x-device-time'),
    signature: header('x-device-signature').toLowerCase(),
    body,
    decoded: decode(body),
  }
  const outcome = await new Promise<Outcome | null>((resolve) =>
    intake.take({
      raw: coverPersonal(body),
      address: `${request.ip}:${request.socket.remotePort ?? ''}`,
      number: /^[0-9A-Za-z]{1,24}$/.test(number) ? number : undefined,
      judge: (device, moment) => judgePush(frame, device, moment),
      clockCommand,
      settled: resolve,
    }),
  )
  if (!outcome) return reply.code(503).header('retry-after', '5').send({ refused: 'not_kept' })
  // An unknown number is answered like a wrong signature: nobody learns here which numbers there are.
  if (!outcome.verified) return reply.code(401).send({ refused: 'not_signed' })
  const [answer] = outcome.answers
  return reply
    .code(outcome.verdict === 'not_understood' ? 400 : 200)
    .type('application/json')
    .send(answer ? Buffer.from(answer) : Buffer.from('{}'))
}
