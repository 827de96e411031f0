import type { Message } from './message.ts'

/**
 * What the three editions of the standard lay down for a frame, in characters of the value. Devices depart from it (a
 * monitor of 2017 with a number of fourteen characters is among the captures), so nothing is refused for it: the
 * departures of a device are shown to whoever sets it up.
 */
export interface Edition {
  title: string
  mn: number
  pw: number
  /** Digits of PNUM and PNO. */
  pnum: number
  pno: number
  /** Has RF=1 for data sent afterwards. */
  resends: boolean
}

export const editions: Readonly<Record<'2005' | '2017' | '2025', Edition>> = {
  // Field lengths of 2005 [V:S2b].
  '2005': { title: 'HJ/T 212-2005', mn: 14, pw: 6, pnum: 4, pno: 4, resends: false },
  // Table 3 counts `name=`: PW 9, MN 27, PNUM 9, PNO 8 [V:S1].
  '2017': { title: 'HJ 212-2017', mn: 24, pw: 6, pnum: 4, pno: 4, resends: false },
  // MN [V:S2b]; PW 9, PNUM 6, PNO 5 and RF 4 as one implementer quotes table 3 [M?]: nine parts at most would be few.
  '2025': { title: 'HJ 212-2025', mn: 24, pw: 6, pnum: 1, pno: 1, resends: true },
}

export type Departure =
  | 'edition_unknown'
  | 'qn_absent'
  | 'mn_length'
  | 'mn_letters'
  | 'pw_length'
  | 'parts_unnumbered'
  | 'parts_unflagged'
  | 'resent_too_early'

export const departureNames: Readonly<Record<Departure, string>> = {
  edition_unknown: 'Flag 中的标准版本号不是 2005、2017、2025 版',
  qn_absent: '缺少请求编号 QN',
  mn_length: '设备编号 MN 的长度不合所声明的版本',
  mn_letters: '设备编号 MN 含 0–9、A–F 以外的字符',
  pw_length: '密码 PW 的长度不合所声明的版本',
  parts_unnumbered: 'Flag 声明拆分包，但没有 PNUM 或 PNO',
  parts_unflagged: '有 PNUM 或 PNO，但 Flag 没有声明拆分包',
  resent_too_early: 'RF 补传标志只见于 2025 版',
}

/** How a message departs from the edition that its Flag names. What is missing or malformed is in its problems already. */
export function departuresOf(message: Message): Departure[] {
  const { version, qn, mn, pw, split, pnum, pno, resent } = message
  const edition = version === 'unknown' ? undefined : editions[version]
  const found: Departure[] = []
  if (!edition) found.push('edition_unknown')
  if (qn === undefined) found.push('qn_absent')
  if (edition && mn !== undefined && mn.length !== edition.mn) found.push('mn_length')
  // EPC-96 in 2017, given by the platform in 2025: hexadecimal in both. 2005 has no such rule.
  if (mn !== undefined && version !== '2005' && !/^[0-9A-F]*$/.test(mn)) found.push('mn_letters')
  if (edition && pw !== undefined && pw.length !== edition.pw) found.push('pw_length')
  if (split && (pnum === undefined || pno === undefined)) found.push('parts_unnumbered')
  if (!split && (pnum !== undefined || pno !== undefined)) found.push('parts_unflagged')
  if (edition && resent && !edition.resends) found.push('resent_too_early')
  return found
}
