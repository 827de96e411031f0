import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  certCheck,
  idCardCheck,
  isIdCard,
  isPermitNo,
  isProjectCode,
  isUscc,
  maskIdCard,
  maskPhone,
  orgCodeCheck,
  usccCheck,
} from './codes.ts'

describe('what is not a code is refused', () => {
  test.each([
    '', // empty
    '1110000000001333W', // one short
    '11100000000013338X', // wrong check character
    '11100000000013338w', // lower case
    '1I100000000013338W', // a letter that GB 32100 leaves out
    '11100000000013338W\n',
  ])('uscc %j', (text) => expect(isUscc(text)).toBe(false))

  test.each([
    '11010519491231002x2',
    '110105194912310021', // wrong check digit
    '110105194902300025', // 30 February
    '11010519491301002X', // month 13
  ])('identity number %j', (text) => expect(isIdCard(text)).toBe(false))

  test('an identity number whose only fault is its day is refused for its day', () => {
    const first17 = '99042119950230001'
    expect(isIdCard(first17 + idCardCheck(first17))).toBe(false)
  })

  test.each(['33048120261320010', '330481202613200101', '330481202602290101', '33048120260228010A'])(
    'permit number %j',
    (text) => expect(isPermitNo(text)).toBe(false),
  )

  test.each(['330481261320010', '3304812613200101', '3304812602290101'])('project code %j', (text) =>
    expect(isProjectCode(text)).toBe(false),
  )

  test('check characters are not computed over another shape', () => {
    expect(() => usccCheck('1110000000001333')).toThrow(RangeError)
    expect(() => usccCheck('I1100000000013338')).toThrow(RangeError)
    expect(() => orgCodeCheck('D214356')).toThrow(RangeError)
    expect(() => idCardCheck('1101051949123100')).toThrow(RangeError)
    expect(() => certCheck('a')).toThrow(RangeError)
    expect(() => certCheck('')).toThrow(RangeError)
  })
})

describe('published numbers', () => {
  test.each(['11100000000013338W', '11430000006122244L', '11330105002500287C'])('%s is a credit code', (text) => {
    expect(isUscc(text)).toBe(true)
    expect(usccCheck(text.slice(0, 17))).toBe(text.slice(17))
  })

  test('the organisation code inside a credit code has its own check character', () => {
    expect(orgCodeCheck('00001333')).toBe('8') // 11100000000013338W
    expect(orgCodeCheck('00612224')).toBe('4') // 11430000006122244L
    expect(orgCodeCheck('00250028')).toBe('7') // 11330105002500287C
    expect(orgCodeCheck('D2143569')).toBe('X') // the example of GB 11714
  })

  test('the identity number of GB 11643, with either case of X', () => {
    expect(idCardCheck('11010519491231002')).toBe('X')
    expect(isIdCard('11010519491231002X')).toBe(true)
    expect(isIdCard('11010519491231002x')).toBe(true)
  })

  test.each([
    ['11100000000013338W011' + '11430000006122244L' + '20230000403' + '001', 'U'],
    ['11100000000013338W011' + '11430000006122244L' + '20230000403' + '002', 'S'],
    ['11100000000013338W009' + '11330105002500287C' + '2025052201' + '002', '0'],
  ])('certificate %s ends in %s', (text, check) => expect(certCheck(text)).toBe(check))

  test('permit number and project code', () => {
    expect(isPermitNo('330481202402290101')).toBe(true)
    expect(isProjectCode('3304812402290101')).toBe(true)
  })
})

test('no single wrong character passes', () => {
  const good = '11430000006122244L'
  const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
  fc.assert(
    fc.property(fc.nat(17), fc.constantFrom(...alphabet), (at, character) => {
      const text = good.slice(0, at) + character + good.slice(at + 1)
      expect(isUscc(text)).toBe(text === good)
    }),
  )
})

describe('masks', () => {
  test('keep the ends and the length', () => {
    expect(maskIdCard('430102199001011234')).toBe('4301**********1234')
    expect(maskPhone('19900005678')).toBe('199****5678')
  })
  test('hide all of what is too short to have a middle', () => {
    expect(maskIdCard('43011234')).toBe('********')
    expect(maskPhone('1234567')).toBe('*******')
    expect(maskPhone('')).toBe('')
  })
})
