import { accountContract, type RuleView } from '@plumbline/core/account'
import { citeClause, type ClauseKey, clauses, type Rule } from '@plumbline/core/law'
import { DatePicker, Form, Input, InputNumber, Modal, Select } from 'antd'
import { dayField } from '../../kit/day.ts'
import { useEntry } from '../../kit/entry.ts'
import { useSession, useToday } from '../../kit/session.tsx'
import { Failure, FormButtons } from '../../kit/ui/index.ts'
import { sayRule, sayValue } from './rule-words.ts'

const chosen = [{ required: true, message: '请选择' }]
const needed = [{ required: true, message: '请填写' }]
const clauseOptions = (Object.keys(clauses) as ClauseKey[]).map((key) => ({ value: key, label: citeClause(key) }))
const yesNo = [
  { value: true, label: '是' },
  { value: false, label: '否' },
]

interface Draft extends Omit<Rule, 'unit'> {
  region: string
}

/** 颁行: a county's own number for a question the house already asks, with its clause and its days. */
export function EnactRule({ rules, onClose }: { rules: readonly RuleView[]; onClose: () => void }) {
  const { county } = useSession()
  const today = useToday()
  const [form] = Form.useForm<Draft>()
  const { enter, error, pending } = useEntry(accountContract.enactRule, form, ['rule'])
  const code = Form.useWatch('code', form)
  const like = rules.find((rule) => rule.code === code && rule.standing) ?? rules.find((rule) => rule.code === code)
  const codes = [...new Set(rules.map((rule) => rule.code))].toSorted()
  const save = (draft: Draft) => enter({ rule: { ...draft, unit: like?.unit ?? '' } }, onClose)
  return (
    <Modal open title="颁行地方规则" footer={null} onCancel={onClose} mask={{ closable: false }} width={640}>
      <p className="muted" style={{ marginTop: 0 }}>
        新规则自生效之日起适用，不改变以前的办理。颁行后不能修改，只能再颁行后一条。
      </p>
      <Form
        form={form}
        layout="vertical"
        onFinish={save}
        initialValues={{ from: today, region: county.region, source: 'L' }}
      >
        <Form.Item name="code" label="规则" rules={chosen}>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            options={codes.map((value) => ({ value, label: `${sayRule(value)} ${value}` }))}
            onChange={(picked: string) => {
              const one = rules.find((rule) => rule.code === picked && rule.standing)
              form.setFieldsValue({ clause: one?.clause, value: one?.value })
            }}
          />
        </Form.Item>
        {like && (
          <Form.Item
            name="value"
            label={like.unit ? `数值（${like.unit}）` : '数值'}
            rules={needed}
            extra={like.standing ? `现行：${sayValue(like.value)} ${like.unit}` : '今日没有现行的规则'}
          >
            {typeof like.value === 'number' ? (
              <InputNumber style={{ width: '100%' }} />
            ) : typeof like.value === 'boolean' ? (
              <Select options={yesNo} />
            ) : (
              <Input />
            )}
          </Form.Item>
        )}
        <Form.Item name="clause" label="依据的条款" rules={chosen}>
          <Select showSearch={{ optionFilterProp: 'label' }} options={clauseOptions} />
        </Form.Item>
        <Form.Item
          name="source"
          label="来源标记"
          rules={needed}
          extra="L 表示地方做法；可写明文号，如 L:青建〔2026〕12号"
        >
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="region" label="适用区划" rules={needed} extra="本县 6 位代码，或其下镇街 9 位代码">
          <Input maxLength={12} inputMode="numeric" />
        </Form.Item>
        <Form.Item name="from" label="生效日期" rules={chosen} {...dayField}>
          <DatePicker format="YYYY-MM-DD" />
        </Form.Item>
        <Form.Item name="to" label="失效日期（含当日，可不填）" {...dayField}>
          <DatePicker format="YYYY-MM-DD" />
        </Form.Item>
        {error && <Failure error={error} />}
        <FormButtons pending={pending} onCancel={onClose} label="颁行" />
      </Form>
    </Modal>
  )
}
