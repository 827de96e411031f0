import { accountContract } from '@plumbline/core/account'
import { baseContract, sessionContract } from '@plumbline/core/base'
import { personContract } from '@plumbline/core/person'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { idNumberOf } from '../../../house/setup/cast.ts'
import { openTestHouse, type TestHouse } from '../../../house/setup/house.ts'

let house: TestHouse
let admin: string

const county = { region: '990421', name: '青禾县', authority: '青禾县住房和城乡建设局', documentWord: '青建监' }
const password = 'a long enough password'

beforeAll(async () => {
  house = await openTestHouse()
  const first = { county, login: 'admin', name: '管理员', password }
  const answer = await house.call(null, sessionContract.firstAdministrator, { body: first })
  expect(answer.status).toBe(200)
  admin = answer.cookie!
})
afterAll(() => house.close())

let serial = 0
/** Somebody in the register of people. */
const enterPerson = async () => {
  serial += 1
  const body = { requestId: randomUUID(), idNumber: idNumberOf(serial), input: { name: '纪闻' } }
  const made = await house.call(admin, personContract.register, { body })
  expect(made.status).toBe(200)
  return made.body.record.id
}
const newAccount = async (login: string, appointment?: object) => {
  const made = await house.call(admin, accountContract.create, {
    body: { requestId: randomUUID(), login, name: `人员${login}`, personId: await enterPerson() },
  })
  expect(made.status).toBe(200)
  if (appointment) expect((await appoint(made.body.id, appointment)).status).toBe(200)
  return { id: made.body.id, password: made.body.password! }
}
const appoint = (id: string, appointment: object) =>
  house.call(admin, accountContract.act, {
    params: { id },
    body: { requestId: randomUUID(), action: 'appoint', input: { appointmentId: randomUUID(), appointment } } as never,
  })
const signIn = (login: string, secret: string) =>
  house.call(null, sessionContract.signIn, { body: { login, password: secret } })
const inspector = { capacity: 'inspector', districts: ['990421001'], scope: '城东组' }

test('the first administrator is entered once', async () => {
  const again = await house.call(null, sessionContract.firstAdministrator, {
    body: { county, login: 'second', name: '第二人', password },
  })
  expect(again).toMatchObject({ status: 409, rule: 'not_empty' })
})

test('an account is opened only for somebody in the register of people', async () => {
  const create = (personId: string) =>
    house.call(admin, accountContract.create, {
      body: { requestId: randomUUID(), login: `nobody.${serial}`, name: '无名氏', personId },
    })
  expect(await create(randomUUID())).toMatchObject({ status: 422, rule: 'person_unknown' })
  const removed = await enterPerson()
  const body = { requestId: randomUUID(), action: 'remove' as const, input: { reason: '录入有误' } }
  expect((await house.call(admin, personContract.act, { params: { id: removed }, body })).status).toBe(200)
  expect(await create(removed)).toMatchObject({ status: 422, rule: 'person_unknown' })
  expect((await create(await enterPerson())).status).toBe(200)
})

test('a change from a foreign page is refused', async () => {
  const response = await house.http.inject({
    method: 'POST',
    url: '/api/session/end',
    headers: { cookie: admin },
    payload: {},
  })
  expect(response.statusCode).toBe(403)
  expect(response.json()).toMatchObject({ rule: 'foreign_page' })
})

test('without a session nothing is told but that there is none', async () => {
  expect(await house.call(null, accountContract.list, {})).toMatchObject({ status: 401, rule: 'session_missing' })
})

test('a wrong password and an unknown account are answered alike', async () => {
  await newAccount('known')
  const wrong = await signIn('known', 'not the password')
  const unknown = await signIn('nobody', 'not the password')
  expect(wrong).toMatchObject({ status: 403, rule: 'sign_in_failed' })
  expect(unknown.status).toBe(wrong.status)
  expect(unknown.body).toEqual(wrong.body)
})

test('five failures lock an account, also for the right password', async () => {
  const { password: right } = await newAccount('locked')
  for (let i = 0; i < 5; i += 1) await signIn('locked', 'wrong')
  expect(await signIn('locked', right)).toMatchObject({ status: 429, rule: 'locked_out' })
})

test('an appointment must fit its capacity', async () => {
  const { id } = await newAccount('misfit')
  expect(await appoint(id, { capacity: 'inspector' })).toMatchObject({
    status: 422,
    rule: 'appointment_needs_district',
  })
  expect(await appoint(id, { capacity: 'project_manager' })).toMatchObject({
    status: 422,
    rule: 'appointment_needs_project',
  })
  expect(await appoint(id, { capacity: 'system', districts: ['990421'] })).toMatchObject({
    status: 422,
    rule: 'capacity_not_appointable',
  })
  expect((await appoint(id, inspector)).status).toBe(200)
  expect(await appoint(id, inspector)).toMatchObject({ status: 422, rule: 'appointment_exists' })
})

test('an officer is not an administrator', async () => {
  const { password: secret } = await newAccount('officer', inspector)
  const { cookie } = await signIn('officer', secret)
  expect(await house.call(cookie, accountContract.list, {})).toMatchObject({ status: 403, rule: 'permission' })
  expect((await house.call(cookie, baseContract.inbox, {})).status).toBe(200)
})

test('disabling ends every session at once', async () => {
  const { id, password: secret } = await newAccount('leaver', inspector)
  const { cookie } = await signIn('leaver', secret)
  expect((await house.call(cookie, baseContract.inbox, {})).status).toBe(200)
  const off = await house.call(admin, accountContract.act, {
    params: { id },
    body: { requestId: randomUUID(), action: 'disable', input: { reason: '调离' } },
  })
  expect(off.status).toBe(200)
  expect(await house.call(cookie, baseContract.inbox, {})).toMatchObject({ status: 401, rule: 'session_missing' })
  expect(await signIn('leaver', secret)).toMatchObject({ status: 403, rule: 'sign_in_failed' })
})

test('a person with two appointments chooses one, and acts in it alone', async () => {
  const { id, password: secret } = await newAccount('double', inspector)
  await appoint(id, { capacity: 'admin', districts: ['990421'], scope: '信息科' })
  const { cookie, body } = await signIn('double', secret)
  expect(body.appointments.map(({ capacity }) => capacity)).toEqual(['inspector', 'admin'])
  expect((await house.call(cookie, accountContract.list, {})).status).toBe(403)
  await house.call(cookie, sessionContract.choose, { body: { appointmentId: body.appointments[1]!.id } })
  expect((await house.call(cookie, accountContract.list, {})).status).toBe(200)
  // The next session begins where the last one worked.
  expect((await signIn('double', secret)).body.appointment?.capacity).toBe('admin')
})

test('a repeated request changes nothing, the same id with other input is a conflict', async () => {
  const requestId = randomUUID()
  const body = { requestId, login: 'twice', name: '重复提交', personId: await enterPerson() }
  const first = await house.call(admin, accountContract.create, { body })
  const second = await house.call(admin, accountContract.create, { body })
  expect([first.status, second.status, second.body.id]).toEqual([200, 200, first.body.id])
  expect(second.body.password).toBeNull()
  expect(await house.call(admin, accountContract.create, { body: { ...body, login: 'other' } })).toMatchObject({
    status: 409,
    rule: 'request_id_reused',
  })
})

test('one changes the own password only with the old one, which alone is called wrong', async () => {
  const { password: old } = await newAccount('changer')
  const { cookie } = await signIn('changer', old)
  const change = (given: string) =>
    house.call(cookie!, sessionContract.changePassword, {
      body: { requestId: randomUUID(), old: given, new: 'another long password' },
    })
  expect(await change('not the password')).toMatchObject({ status: 403, rule: 'password_wrong' })
  expect((await signIn('changer', old)).status).toBe(200)
  expect((await change(old)).status).toBe(200)
  expect((await signIn('changer', old)).status).toBe(403)
  expect((await signIn('changer', 'another long password')).status).toBe(200)
})

test('the password of an act is nowhere in the acts', async () => {
  const { password: secret } = await newAccount('quiet')
  const rows = await house.house.db.transaction().execute(async (tx) => {
    await tx.executeQuery(tx.selectNoFrom((eb) => eb.fn('base.enter', [eb.val(['d:'])]).as('entered')).compile())
    return tx.selectFrom('base.act').select('input').execute()
  })
  expect(rows.length).toBeGreaterThan(5)
  expect(JSON.stringify(rows)).not.toContain(secret)
})

test('the demo clock moves forward only, once for each request', async () => {
  const requestId = randomUUID()
  const moved = await house.call(admin, sessionContract.clock, { body: { requestId, days: 2 } })
  expect(moved.status).toBe(200)
  const { body } = await house.call(admin, sessionContract.session, {})
  expect(body.now >= moved.body.to).toBe(true)
  expect(
    await house.call(admin, sessionContract.clock, { body: { requestId: randomUUID(), to: moved.body.from } }),
  ).toMatchObject({ status: 422, rule: 'clock_only_forward' })
})

test('a county enters its own number: it stands from its day on, and past law is left as it was', async () => {
  const rule = {
    code: 'rectification.yellow_day',
    value: 5,
    unit: '日',
    clause: 'pinghu.ladder',
    source: 'L',
    from: '2030-01-01',
  }
  const enact = (more: object) =>
    house.call(admin, accountContract.enactRule, { body: { requestId: randomUUID(), rule: { ...rule, ...more } } })
  expect(await enact({ code: 'no.such' })).toMatchObject({ status: 422, rule: 'rule_code_unknown' })
  expect(await enact({ value: '五' })).toMatchObject({ status: 422, rule: 'rule_value_kind' })
  expect(await enact({ region: '110101' })).toMatchObject({ status: 422, rule: 'rule_outside_county' })
  expect((await enact({})).status).toBe(200)
  expect(house.house.law('2029-12-31').number('rectification.yellow_day')).toBe(7)
  expect(house.house.law('2030-01-01').number('rectification.yellow_day')).toBe(5)
})
