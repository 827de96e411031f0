import { addDays, type Day, idCardCheck } from '@plumbline/core/kit'
import { region } from './map.ts'
import { random } from './random.ts'
import type { Officer, Person, TeamKey } from './schema.ts'

const surnames = [
  ...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾萧田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈',
  ...'钟姜崔谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤',
]
const givenMale = [...'建国志强伟军勇平峰磊涛斌超刚毅俊杰鹏辉宏亮明浩宇航晨阳松柏泽森博文凯立诚远舟川岩恒']
const givenFemale = [...'秀兰静敏燕丽娟艳芳玲雪梅霞琳倩颖悦欣怡佳慧文婷雨涵若溪清宁舒雅思琪晓岚青禾知夏云']

/** Numbers under 1990000 are given to nobody here but the county's own people; n is 0 to 9999. 7919 is prime to 10000, so none repeats. */
export const phone = (n: number): string => `1990000${String((n * 7919 + 137) % 10_000).padStart(4, '0')}`

/** Enterprises take the first numbers and do not move when people come and go; demo/projects.xlsx takes the last. */
const firstPersonalPhone = 300

const seat = (officers: readonly (readonly [string, string, Person['sex'], Officer['capacity'], TeamKey | null])[]) =>
  officers

/** The bureau. Those with a name on the drawings keep it; the administrator has no team and no cases. */
const bureau = seat([
  ['person:leader', '陆明川', '男', 'leader', null],
  ['person:chief', '沈砚秋', '女', 'chief', null],
  ['person:clerk', '叶知宁', '女', 'clerk', null],
  ['person:admin', '方立诚', '男', 'admin', null],
  ['person:lin-yuanzhou', '林远舟', '男', 'inspector', 'team:east'],
  ['person:zhou-ruoxi', '周若溪', '女', 'inspector', 'team:east'],
  ['person:inspector-03', '许柏岩', '男', 'inspector', 'team:east'],
  ['person:inspector-04', '田舒雅', '女', 'inspector', 'team:east'],
  ['person:inspector-05', '顾望平', '男', 'inspector', 'team:west'],
  ['person:inspector-06', '丁雪岚', '女', 'inspector', 'team:west'],
  ['person:inspector-07', '彭志恒', '男', 'inspector', 'team:west'],
  ['person:inspector-08', '戴清怡', '女', 'inspector', 'team:zone'],
  ['person:inspector-09', '邵立川', '男', 'inspector', 'team:zone'],
  ['person:inspector-10', '贺晓青', '女', 'inspector', 'team:zone'],
])

/** People outside the bureau whom the story calls by name. */
export const named = {
  projectManager: ['person:he-bing', '何秉', '男'],
  safetyOfficer: ['person:safety-officer', '吴建松', '男'],
  chiefEngineer: ['person:song-zhixing', '宋知行', '男'],
  ownerRepresentative: ['person:owner-representative', '梁思颖', '女'],
  headOffice: ['person:head-office', '云立恒', '男'],
  citizen: ['person:citizen', '陈秀兰', '女'],
} as const satisfies Record<string, readonly [string, string, Person['sex']]>

export interface Registry {
  people: Person[]
  /** Enters a person whose name nobody else bears; the name is drawn unless given. */
  enter(key: string, name?: string, sex?: Person['sex']): Person
}

/** The residents of the county. Identity numbers carry a region that does not exist and a right check digit. */
export function openRegistry(seed: number, today: Day): Registry {
  const dice = random(seed, 'people')
  const people: Person[] = []
  const names = new Set([...bureau, ...Object.values(named)].map(([, name]) => name as string))
  const numbers = new Set<string>()

  const drawName = (sex: Person['sex']): string => {
    const given = sex === '男' ? givenMale : givenFemale
    for (;;) {
      const [first, second] = [dice.pick(given), dice.chance(0.85) ? dice.pick(given) : '']
      const name = dice.pick(surnames) + first + (second === first ? '' : second)
      if (!names.has(name)) return name
    }
  }
  const drawNumber = (sex: Person['sex']): string => {
    for (;;) {
      const birthday = addDays(today, -dice.int(25 * 365, 57 * 365)).replaceAll('-', '')
      const serial = dice.int(0, 499) * 2 + (sex === '男' ? 1 : 0) // GB 11643-1999: odd for men
      const first17 = region + birthday + String(serial).padStart(3, '0')
      if (!numbers.has(first17)) {
        numbers.add(first17)
        return first17 + idCardCheck(first17)
      }
    }
  }
  return {
    people,
    enter(key, name, sex = dice.chance(0.72) ? '男' : '女') {
      const person = {
        key,
        name: name ?? drawName(sex),
        sex,
        idNumber: drawNumber(sex),
        phone: phone(firstPersonalPhone + people.length),
      }
      names.add(person.name)
      people.push(person)
      return person
    },
  }
}

/** The bureau's officers, each with the number of an 行政执法证 of this county. */
export function appoint(registry: Registry): Officer[] {
  return bureau.map(([key, name, sex, capacity, team], i) => {
    registry.enter(key, name, sex)
    return { person: key, capacity, team, certificate: `${region}${String(i + 1).padStart(5, '0')}` }
  })
}
