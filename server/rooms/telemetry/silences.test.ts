import { getModel } from '@plumbline/core/device'
import { telemetryContract } from '@plumbline/core/telemetry'
import { afterAll, expect, test } from 'vitest'
import { watchSilence } from './silences.ts'
import { tellSilences } from './telling.ts'
import { openOffice } from './testing.ts'

const { house, cast, ears, settle, messagesOf, at, enter, alarmOf, about, close } = await openOffice()
afterAll(close)

test('a water truck that is parked says nothing, and is not called silent for it', async () => {
  const truck = await enter('water-truck')
  await ears.store(truck, [{ quantity: getModel('water-truck').quantities[0]!.code, value: 1 }])
  await watchSilence(await at(60))
  await settle()
  expect(await ears.alarms(cast.chief, truck)).toEqual([])
})

test('a whole town that falls silent is one message to each, and every device has its row', async () => {
  const devices = [await enter('dust-ug'), await enter('crane-gbt37366'), await enter('meter-mqtt')]
  const half = await enter('dust-ug')
  for (const id of devices)
    await ears.store(id, [
      { quantity: id === devices[1] ? 'windSpeed' : id === devices[2] ? 'power' : 'a34004', value: 3 },
    ])
  await ears.store(half, [
    { quantity: 'a34004', value: 3 },
    { quantity: 'LA', value: 50 },
  ])
  const soon = await at(9)
  await watchSilence(soon)
  for (const id of devices) expect(await ears.alarms(cast.chief, id)).toEqual([])

  const later = await at(12)
  await ears.store(half, [{ quantity: 'LA', value: 51, ago: -600 }])
  await Promise.all([watchSilence(later), watchSilence(later)])
  await settle()
  const raised = await Promise.all(devices.map(alarmOf))
  expect(raised.map(({ cause, quantity, level }) => [cause, quantity, level])).toEqual(
    Array(3).fill(['silent', '*', 'warn']),
  )
  expect(await alarmOf(half)).toMatchObject({ cause: 'silent', quantity: 'a34004', quantityName: 'PM2.5 中断' })
  for (const { id } of raised) expect(await about(cast.inspectorA, id)).toEqual([])
  const before = new Set((await messagesOf(cast.inspectorA)).map(({ id }) => id))
  await tellSilences(await at(5))
  const told = (await messagesOf(cast.inspectorA)).filter(({ id }) => !before.has(id))
  expect(told).toHaveLength(1)
  expect(told[0]!.title).toContain('台设备监测数据中断')
  const seen = await house.call(cast.inspectorA, telemetryContract.alarm, { params: { id: raised[1]!.id } })
  expect(seen.body.beside.map(({ id }) => id)).toContain(raised[2]!.id)
  expect(seen.body.messages.map(({ who }) => who)).toContain('监督员 林远舟')

  // What speaks again is over; what was one quantity becomes the device's when the rest falls silent too.
  await ears.store(devices[0]!, [{ quantity: 'a34004', value: 3, ago: -700 }])
  await watchSilence(await at(20.5))
  await settle()
  expect(await alarmOf(devices[0]!)).toMatchObject({ state: 'cleared', clearedBecause: 'spoke' })
  expect(
    (await ears.alarms(cast.chief, half)).map(({ quantity, clearedBecause }) => [quantity, clearedBecause]),
  ).toEqual([
    ['*', null],
    ['a34004', 'merged'],
  ])
})
