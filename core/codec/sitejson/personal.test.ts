import { expect, test } from 'vitest'
import { coverPersonal, holdsLongRow } from './personal.ts'
import { bytesOf, findText } from './text.ts'

const covered = (text: string) => findText(coverPersonal(bytesOf(text)))!

test('identity numbers and the name of the driver are covered, and the length stays', () => {
  const raw =
    '{"driverName" : "王\\"师傅","driverId":"D1002","note":"证件110101199001010015，11010119900101004X","height":33.5}'
  const name = bytesOf('王\\"师傅').length
  expect(covered(raw)).toBe(
    `{"driverName" : "${'*'.repeat(name)}","driverId":"D1002","note":"证件${'*'.repeat(18)}，${'*'.repeat(18)}","height":33.5}`,
  )
  expect(bytesOf(covered(raw)).length).toBe(bytesOf(raw).length)
})

test('what is no person stays, and bytes of any kind are passed through', () => {
  for (const text of ['{"id":"110101199001010016"}', '{"driver":"王师傅"}', '', '{"driverName":null}']) {
    expect(covered(text)).toBe(text)
  }
  const odd = Uint8Array.from([0, 255, 34, 92, 0xd1, 0xef])
  expect(coverPersonal(odd)).toBe(odd)
  expect(covered('{"driverName":"王')).toBe('{"driverName":"***')
})

test('a row of seventeen digits is seen wherever it begins, and one of sixteen is none', () => {
  for (let before = 0; before < 40; before += 1) {
    expect(holdsLongRow(bytesOf(`${'1a'.repeat(before)}a${'7'.repeat(17)}`)), String(before)).toBe(true)
    expect(holdsLongRow(bytesOf(`${'x'.repeat(before)}${'7'.repeat(17)}x`))).toBe(true)
    expect(holdsLongRow(bytesOf(`${'x'.repeat(before)}${'7'.repeat(16)}x${'7'.repeat(16)}`))).toBe(false)
  }
})
