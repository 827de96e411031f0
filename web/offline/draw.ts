import type { Proof } from '@plumbline/core/evidence'
import type { Line, Result, Verdict } from './verdict.ts'

type Child = Node | string | false | undefined

/** An element with its class and what stands in it. Text goes in as text: nothing of a proof is ever read as markup. */
export function el(name: string, className = '', ...children: Child[]): HTMLElement {
  const made = document.createElement(name)
  if (className) made.className = className
  made.append(...children.filter((child) => child !== false && child !== undefined))
  return made
}

export interface Shown {
  verdict: Verdict
  proof: Proof
  proofName: string
  original: { name: string; digest: string } | undefined
  checkedAt: string
}

const results: Record<Result, { mark: string; title: string }> = {
  fits: { mark: '✓', title: '与存证相符' },
  open: { mark: '○', title: '证明有效，原件尚未核对' },
  differs: { mark: '✗', title: '与存证不相符' },
}

const ownKeyWords: Record<Verdict['ownKeys'], string | undefined> = {
  all: '没有填写已知的公钥，所用公钥都取自证明文件：结果只能说明证明前后一致，不能说明它出自哪一家的日志。请向日志所有者和见证部门另行取得公钥，填写后再核验。',
  log: '日志公钥取自证明文件，不能说明它出自哪一家的日志。请另行取得日志公钥，填写后再核验。',
  witnesses: '见证方公钥取自证明文件，不能说明由哪些部门见证。请向见证部门另行取得公钥，填写后再核验。',
  none: undefined,
}

/** The whole result, from the answer in large letters down to the content as it was written. */
export function drawVerdict(shown: Shown): HTMLElement[] {
  const { verdict } = shown
  const { mark, title } = results[verdict.result]
  // What does not fit needs no word on how far to trust it.
  const caution = verdict.result === 'differs' ? undefined : ownKeyWords[verdict.ownKeys]
  return [
    el(
      'section',
      `card result ${verdict.result}`,
      el('h2', '', el('span', 'mark', mark), title),
      caution !== undefined && el('p', 'caution', caution),
    ),
    card('核验步骤', el('ol', 'steps', ...verdict.lines.map(drawLine))),
    card('见证方', drawWitnesses(verdict)),
    card(
      '存证内容',
      drawFacts(verdict.content.facts),
      el('details', '', el('summary', '', '全部内容'), el('pre', '', verdict.content.whole)),
    ),
    card('核验依据', drawFacts(basisOf(shown)), drawPrint()),
  ]
}

const card = (title: string, ...children: Child[]) => el('section', 'card', el('h3', '', title), ...children)

const marks: Record<Line['mark'], { mark: string; said: string }> = {
  ok: { mark: '✓', said: '通过' },
  bad: { mark: '✗', said: '未通过' },
  open: { mark: '○', said: '未核对' },
  none: { mark: '–', said: '不适用' },
}

function drawLine({ mark, title, means, detail }: Line): HTMLElement {
  const shown = el('span', 'mark', marks[mark].mark)
  shown.setAttribute('role', 'img')
  shown.setAttribute('aria-label', marks[mark].said)
  return el(
    'li',
    mark,
    shown,
    el('div', '', el('b', '', title), means !== undefined && el('p', '', means), el('p', '', detail)),
  )
}

function drawWitnesses({ witnesses }: Verdict): HTMLElement {
  if (witnesses.length === 0) return el('p', 'body', '证明没有附见证方的公钥。')
  const list = el(
    'ul',
    'witnesses',
    ...witnesses.map(({ name, at }) => {
      const said = at === null ? '没有有效的联署' : `${at} 联署`
      return el('li', at === null ? 'bad' : 'ok', el('b', '', name), el('span', '', said))
    }),
  )
  list.setAttribute('aria-label', '见证方')
  return list
}

const drawFacts = (facts: readonly { label: string; value: string }[]) =>
  el('dl', '', ...facts.map(({ label, value }) => el('div', '', el('dt', '', label), el('dd', '', value))))

function basisOf({ verdict: { keys, ownKeys }, proof, proofName, original, checkedAt }: Shown) {
  const sayFrom = (own: Verdict['ownKeys']) => (ownKeys === 'all' || ownKeys === own ? '证明所附' : '另行取得')
  const [origin = '', size = ''] = proof.checkpoint.split('\n')
  return [
    { label: '证明文件', value: proofName },
    ...(original
      ? [
          { label: '原件', value: original.name },
          { label: '原件 SHA-256', value: original.digest },
        ]
      : []),
    { label: '日志', value: origin },
    { label: '条目', value: `第 ${proof.seq} 条，检查点共 ${size} 条` },
    { label: `日志公钥（${sayFrom('log')}）`, value: keys.log },
    ...keys.witnesses.map((value, at) => ({ label: `见证方公钥 ${at + 1}（${sayFrom('witnesses')}）`, value })),
    { label: '核验时间（本机）', value: checkedAt },
  ]
}

function drawPrint(): HTMLElement {
  const button = el('button', 'button', '打印核验结果')
  button.setAttribute('type', 'button')
  button.addEventListener('click', () => window.print())
  return button
}
