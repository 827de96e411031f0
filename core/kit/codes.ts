import { isDay } from './day.ts'

// The numbers by which China names organisations, people, projects and certificates, and their check characters.

const usccAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY' // GB 32100-2015: no I O S V Z
const certAlphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const orgWeights = [3, 7, 9, 10, 5, 8, 4, 2]
const idCardWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

function demand(text: string, shape: RegExp, what: string): void {
  if (!shape.test(text)) throw new RangeError(`${what}: ${text}`)
}

/** The 18th character of a 统一社会信用代码 from its first 17. GB 32100-2015: weights 3^(i-1) mod 31. Throws RangeError on another shape. */
export function usccCheck(first17: string): string {
  demand(first17, /^[0-9A-HJ-NPQRTUWXY]{17}$/, 'not 17 characters of a credit code')
  let sum = 0
  let weight = 1
  for (const character of first17) {
    sum += usccAlphabet.indexOf(character) * weight
    weight = (weight * 3) % 31
  }
  return usccAlphabet.charAt((31 - (sum % 31)) % 31)
}

/** 统一社会信用代码, 18 characters in capitals with a right check character. */
export const isUscc = (text: string): boolean =>
  /^[0-9A-HJ-NPQRTUWXY]{18}$/.test(text) && usccCheck(text.slice(0, 17)) === text.charAt(17)

/** The 9th character of an 组织机构代码 from its first 8 (positions 9-16 of a credit code). GB 11714. Throws RangeError on another shape. */
export function orgCodeCheck(first8: string): string {
  demand(first8, /^[0-9A-Z]{8}$/, 'not 8 characters of an organisation code')
  const sum = orgWeights.reduce((total, weight, i) => total + weight * certAlphabet.indexOf(first8.charAt(i)), 0)
  return '0123456789X0'.charAt(11 - (sum % 11)) // 10 is written X, 11 is written 0
}

/** The 18th character of a 居民身份证号 from its first 17 digits. GB 11643-1999. Throws RangeError on another shape. */
export function idCardCheck(first17: string): string {
  demand(first17, /^\d{17}$/, 'not 17 digits of an identity number')
  const sum = idCardWeights.reduce((total, weight, i) => total + weight * Number(first17.charAt(i)), 0)
  return '10X98765432'.charAt(sum % 11)
}

const dayFrom8 = (digits: string): string => `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6, 8)}`

/** 居民身份证号: check character right and the birthday a day of the calendar. The region is not looked up: demo people live in regions that do not exist. */
export const isIdCard = (text: string): boolean =>
  /^\d{17}[\dX]$/i.test(text) &&
  isDay(dayFrom8(text.slice(6, 14))) &&
  idCardCheck(text.slice(0, 17)) === text.charAt(17).toUpperCase()

/** 施工许可证编号: 6 digits region, 8 date, 2 serial of the day, 2 class. */
export const isPermitNo = (text: string): boolean => /^\d{18}$/.test(text) && isDay(dayFrom8(text.slice(6, 14)))

/** 四库平台项目编号: 6 digits region, 6 YYMMDD, 2 class, 2 serial. */
export const isProjectCode = (text: string): boolean =>
  /^\d{16}$/.test(text) && isDay(dayFrom8(`20${text.slice(6, 12)}`))

/**
 * The check character of an 电子证照标识 (GB/T 36904-2018: ISO 7064 MOD 37,36, hybrid)
 * over type code, issuer, serial and version joined without dots. Throws RangeError on another alphabet.
 */
export function certCheck(text: string): string {
  demand(text, /^[0-9A-Z]+$/, 'not digits and capitals')
  let product = 36
  for (const character of text) product = (((product + certAlphabet.indexOf(character)) % 36 || 36) * 2) % 37
  return certAlphabet.charAt((37 - product) % 36)
}

const maskBetween = (text: string, head: number, tail: number): string =>
  text.length <= head + tail
    ? '*'.repeat(text.length)
    : text.slice(0, head) + '*'.repeat(text.length - head - tail) + text.slice(-tail)

/** An identity number as lists show it: 4301**********1234. */
export const maskIdCard = (text: string): string => maskBetween(text, 4, 4)

/** A mobile number as lists show it: 199****5678. */
export const maskPhone = (text: string): string => maskBetween(text, 3, 4)
