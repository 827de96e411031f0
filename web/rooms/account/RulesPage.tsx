import { accountContract, type RuleView } from '@plumbline/core/account'
import { Button, Checkbox, Input } from 'antd'
import { useState } from 'react'
import { useRoute } from '../../kit/api.ts'
import { mayOpen, useSession, useToday } from '../../kit/session.tsx'
import { type Column, DataTable, Page, Tag, wholeList } from '../../kit/ui/index.ts'
import { EnactRule } from './EnactRule.tsx'
import { sayRule, saySource, sayValue } from './rule-words.ts'

const columns: Column<RuleView>[] = [
  {
    key: 'code',
    title: '规则',
    width: 220,
    compare: (one, other) => one.code.localeCompare(other.code),
    render: ({ code }) => (
      <span className="rule-text">
        {sayRule(code)}
        <div className="tiny muted">
          <code>{code}</code>
        </div>
      </span>
    ),
  },
  {
    key: 'clause',
    title: '条款',
    width: 280,
    render: ({ clauseText }) => <span className="tiny rule-text">{clauseText}</span>,
  },
  {
    key: 'value',
    title: '数值',
    align: 'right',
    render: (rule) => (
      <b>
        {sayValue(rule.value)} {rule.unit}
      </b>
    ),
  },
  {
    key: 'days',
    title: '施行日期',
    compare: (one, other) => one.from.localeCompare(other.from),
    render: ({ from, to }) => (
      <div className="num">
        <time>{from} 起</time>
        {to && (
          <div>
            <time>{to} 止</time>
          </div>
        )}
      </div>
    ),
  },
  { key: 'region', title: '适用区划', render: ({ region }) => <span className="num">{region ?? '不限'}</span> },
  { key: 'source', title: '来源', render: ({ source }) => <span title={source}>{saySource(source)}</span> },
  {
    key: 'standing',
    title: '今日',
    render: ({ standing, shipped }) => (
      <>
        {standing ? <Tag tone="calm">现行</Tag> : <Tag tone="plain">不适用</Tag>}{' '}
        {!shipped && <Tag tone="blue">地方颁行</Tag>}
      </>
    ),
  },
]

const matches = (words: string) => (rule: RuleView) =>
  [sayRule(rule.code), rule.code, rule.clauseText, rule.unit].some((text) =>
    text.toLowerCase().includes(words.toLowerCase()),
  )

/** 规则库: every number of law with its clause, its source and its days; which of them stands today. */
export function RulesPage() {
  const session = useSession()
  const today = useToday()
  const rules = useRoute(accountContract.rules, {})
  const [words, setWords] = useState('')
  const [standing, setStanding] = useState(false)
  const [enacting, setEnacting] = useState(false)
  const all = rules.data?.rows ?? []
  const shown = all.filter(matches(words.trim())).filter((rule) => rule.standing || !standing)
  return (
    <Page
      title="规则库"
      lead={`期限、限值和门槛都出自这里，办理时记下所用的版本。按 ${today} 判定现行与否。`}
      actions={
        mayOpen(session, 'rule.administer') &&
        rules.data && (
          <Button type="primary" onClick={() => setEnacting(true)}>
            颁行地方规则
          </Button>
        )
      }
    >
      <DataTable
        pages={{
          ...wholeList(shown),
          isPending: rules.isPending,
          error: rules.error,
          again: () => void rules.refetch(),
        }}
        columns={columns}
        rowKey={(rule) => [rule.code, rule.from, rule.region, rule.shipped, String(rule.value)].join(' ')}
        label="规则"
        filters={
          <>
            <Input
              style={{ width: 260 }}
              aria-label="查找规则"
              placeholder="规则、代码或条款"
              allowClear
              value={words}
              onChange={({ target }) => setWords(target.value)}
            />
            <Checkbox checked={standing} onChange={({ target }) => setStanding(target.checked)}>
              只看现行
            </Checkbox>
          </>
        }
      />
      {enacting && <EnactRule rules={all} onClose={() => setEnacting(false)} />}
    </Page>
  )
}
