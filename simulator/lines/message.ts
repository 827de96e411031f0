import { formOf, isSiteKind, sayInstant } from '@plumbline/core/codec/sitejson'
import { baseOf } from '@plumbline/core/device'
import { type City, type CityDevice, type CityEvent, eventsOf, type Saying, type Sending } from '../city/index.ts'

const mostEvents = 40

/** What a device's frame says as site messages: the values in the first, its events in as many as they need. */
export function messagesOf(city: City, { device, told, at, values, flag }: Sending, stepSeconds: number): string[] {
  const { kind } = device
  if (!isSiteKind(kind)) throw new Error(`${kind} does not speak site messages`)
  const form = formOf(kind)
  const fields: Record<string, unknown> = {}
  const flags: Record<string, string> = {}
  const points = new Map<string, Record<string, unknown>>()
  const states: object[] = []
  for (const [index, quantity] of device.quantities.entries()) {
    const value = values[index]!
    const base = baseOf(quantity)
    const point = quantity.slice(base.length + 1)
    if (base === 'SB1') states.push({ unit: 1, running: value > 0 })
    else if (point !== '') {
      points.set(point, { ...points.get(point), point, [base]: value })
      flags[quantity] = flag
    } else {
      const field = form.fields.find((one) => one.quantity === base)
      if (!field) continue
      fields[field.name] = base === 'warningWord' ? wordOf(value) : value
      flags[field.name] = flag
    }
  }
  const moment = told + stepSeconds * 1000
  const base = { kind, deviceTime: sayInstant(moment) }
  const id = `${device.number.slice(-12)}-${told}`
  const events = [...eventsOf(city, device, at, at + stepSeconds * 1000)].map(sayEvent)
  const first = {
    ...{ id, ...base, ...fields },
    ...(points.size > 0 ? { points: [...points.values()] } : {}),
    ...(states.length > 0 ? { states } : {}),
    ...(Object.keys(flags).length > 0 ? { flags } : {}),
  }
  const messages: object[] = [{ ...first, ...(events.length > 0 ? { events: events.slice(0, mostEvents) } : {}) }]
  for (let from = mostEvents; from < events.length; from += mostEvents)
    messages.push({ ...base, id: `${id}-${from}`, events: events.slice(from, from + mostEvents) })
  return messages.map((message) => JSON.stringify(message))
}

const sayEvent = (event: CityEvent) => ({
  ...event,
  at: sayInstant(event.at),
  body: event.kind === 'cycle' ? { ...event.body, endedAt: sayInstant(event.body.endedAt) } : event.body,
})

/** 32 characters, item 0 at the left. */
const wordOf = (value: number) => [...(value >>> 0).toString(2).padStart(32, '0')].toReversed().join('')

/** What an actuator answers to an order: the `index`th of its sayings, as a message of its own. */
export function answerOf(
  { kind, number }: CityDevice,
  commandId: string,
  { say, at, running }: Saying,
  index: number,
): string {
  const base = { id: `${number.slice(-12)}-${commandId}-${index}`, kind, deviceTime: sayInstant(at) }
  if (say === 'state') return JSON.stringify({ ...base, states: [{ unit: 1, running }] })
  const answer = say === 'failed' ? { commandId, mark: 'refused', code: 2 } : { commandId, mark: say }
  return JSON.stringify({ ...base, replies: [answer] })
}
