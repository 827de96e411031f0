import { accountContract } from '@plumbline/core/account'
import { baseContract } from '@plumbline/core/base'
import { addDays, type Day, dayOf } from '@plumbline/core/kit'
import { personContract } from '@plumbline/core/person'
import { randomBytes } from 'node:crypto'
import { type Client, isRefusal, type Session } from '../client.ts'
import { type County, makeCounty } from '../county/index.ts'
import { nextMorning } from './clock.ts'
import { demoKeys, loginOf } from './desk.ts'
import { idOf } from './names.ts'

/** A demo house starts its legal clock this many days back (server/main.ts): the history fills them. */
export const historyDays = 42

const firstLogin = 'first-administrator'

/** A county as a house holds it: drawn for the day on which its loading began; `opened` is the first morning of its history. */
export interface Loaded {
  county: County
  admin: Session
  opened: string
  /** When its history has caught up with the machine's clock, milliseconds. */
  seenAt: number
}

/**
 * The county that a demo house holds, and its administrator. An empty house gets its first administrator, who enters the demo
 * county's own and is then disabled: his random password is kept nowhere.
 */
export async function openCounty(client: Client, seed: number): Promise<Loaded> {
  const seen = await client.look()
  if (!seen.demo) throw new Error('这不是演示区县：演示数据只载入演示模式的空库')
  const first = await firstAdministrator(client, makeCounty(seed, lastDay(seen.now)), seen.empty)
  if (first) await appointAdministrator(first, makeCounty(seed, lastDay(seen.now)))
  const loaded = await findCounty(client, seed)
  const { record } = loaded.first
  if (record.state === 'active')
    await loaded.admin.call(accountContract.act, {
      params: { id: record.id },
      body: {
        requestId: idOf(seed, 'disable', firstLogin),
        action: 'disable',
        input: { reason: '区县管理员已到任，初始账号停用' },
      },
    })
  return loaded
}

/** The county of a house whose loading has at least begun. Throws with a sentence when the house holds none of ours. */
export async function findCounty(client: Client, seed: number) {
  const admin = await client.signInAs(demoKeys.admin)
  const first = await findFirst(admin)
  const begun = first.acts.map(({ doneAt }) => doneAt).sort()[0]!
  const seenAt = Date.parse(begun) + historyDays * 86_400_000
  return { county: makeCounty(seed, lastDay(begun)), admin, opened: nextMorning(begun), seenAt, first }
}

const lastDay = (start: string): Day => addDays(dayOf(new Date(start)), historyDays)

async function findFirst(admin: Session) {
  const { rows } = await admin.call(baseContract.search, { query: { q: firstLogin, room: 'account' } })
  const row = rows.find(({ number }) => number === firstLogin)
  if (!row) throw new Error('本库不是由演示程序载入的')
  return admin.call(accountContract.get, { params: { id: row.id } })
}

/** The first administrator while he is needed: of an empty house, or of one whose loading was broken off before the county's own came. */
async function firstAdministrator(client: Client, county: County, empty: boolean): Promise<Session | null> {
  const { region, name, authority } = county
  if (empty)
    return client.enterFirst({
      county: { region, name, authority, documentWord: '青建监' },
      login: firstLogin,
      name: '初始管理员',
      password: randomBytes(24).toString('base64url'),
    })
  return client.signInAs(firstLogin).catch((error: unknown) => {
    if (isRefusal(error, 'demo')) return null
    throw error
  })
}

async function appointAdministrator(first: Session, county: County): Promise<void> {
  const { seed, region, authority } = county
  const key = county.demo.people.admin
  const person = county.people.find((one) => one.key === key)!
  const { record } = await first.call(personContract.register, {
    body: { requestId: idOf(seed, key), idNumber: person.idNumber, input: { name: person.name, phone: person.phone } },
  })
  const { id } = await first.call(accountContract.create, {
    body: {
      requestId: idOf(seed, 'account', key),
      login: loginOf(key),
      name: person.name,
      personId: record.id,
      demoKey: demoKeys.admin,
    },
  })
  await first.call(accountContract.act, {
    params: { id },
    body: {
      requestId: idOf(seed, 'appoint', key),
      action: 'appoint',
      input: {
        appointmentId: idOf(seed, 'appointment', key),
        appointment: { capacity: 'admin', districts: [region], scope: authority },
      },
    },
  })
}
