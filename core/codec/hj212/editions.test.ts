import { expect, test } from 'vitest'
import { bytesOf } from './bytes.ts'
import { getCaptured } from './captures/captured.ts'
import { decode } from './decode.ts'
import { departuresOf } from './editions.ts'

const departures = (header: string) => departuresOf(decode(bytesOf(`${header}CP=&&&&`)))
const qn = 'QN=20251120093000123;ST=39;CN=2011;'

test('what departs from the edition that the Flag names', () => {
  expect(departures(`${qn}PW=123456;MN=330482A89000160000000001;Flag=13;`)).toEqual(['edition_unknown'])
  expect(departures('ST=39;CN=2011;PW=123456;MN=33048200000001;Flag=1;')).toEqual(['qn_absent'])
  expect(departures(`${qn}PW=1234;MN=33048200000001;Flag=9;RF=1;`)).toEqual(['mn_length', 'pw_length'])
  expect(departures(`${qn}PW=123456;MN=LXHB0CS03063100000000001;Flag=5;RF=1;`)).toEqual([
    'mn_letters',
    'resent_too_early',
  ])
  expect(departures(`${qn}PW=123456;MN=LXHB0CS0306310;Flag=1;PNUM=2;PNO=1;`)).toEqual(['parts_unflagged'])
  expect(departures(`${qn}PW=123456;MN=LXHB0CS0306310;Flag=3;PNUM=2;`)).toEqual(['parts_unnumbered'])
})

test('the captures of each edition depart in nothing; the real monitor has the number of an older one', () => {
  const of = (name: string) => {
    const frame = getCaptured(name)
    return departuresOf(decode(frame, 6, frame.length - 6))
  }
  for (const name of ['f01', 'f10', 'f14', 'f15', 's1', 's3']) expect(of(name), name).toEqual([])
  expect(of('s2')).toEqual(['mn_length', 'mn_letters'])
})

test('data sent afterwards says so in its header, and in no other way', () => {
  expect(decode(bytesOf(`${qn}MN=A1;Flag=9;RF=1;CP=&&&&`))).toMatchObject({ resent: true, problems: [] })
  expect(decode(bytesOf(`${qn}MN=A1;Flag=9;CP=&&&&`))).toMatchObject({ resent: false, problems: [] })
  for (const text of ['0', '2', '', 'x']) {
    expect(decode(bytesOf(`${qn}MN=A1;Flag=9;RF=${text};CP=&&&&`))).toMatchObject({
      resent: false,
      problems: [{ rule: 'field_malformed', field: 'RF', text }],
    })
  }
})
