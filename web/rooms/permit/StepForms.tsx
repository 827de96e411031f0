import { type ApplicationView, type Gap, MaterialKind } from '@plumbline/core/permit'
import { Button, Form, Input, Select } from 'antd'
import { createContext, useContext } from 'react'
import { StepForm, type StepFormProps, type StepsProps } from '../../kit/ui/index.ts'
import { fieldsOf, FormFields, formOf, type FormValues } from './FormFields.tsx'
import { kinds, titleOf } from './words.ts'

const ApplicationContext = createContext<ApplicationView | undefined>(undefined)
export const ApplicationProvider = ApplicationContext.Provider

function useApplication(): ApplicationView {
  const view = useContext(ApplicationContext)
  if (!view) throw new Error('a form of an application stands outside its page')
  return view
}

const whole = 'whole'
const places = [{ value: whole, label: '申请表' }, ...kinds.map(({ kind, title }) => ({ value: kind, label: title }))]

interface GapValues {
  gaps: { place: string; text: string }[]
}

const gapsOf = ({ gaps }: GapValues): Gap[] =>
  gaps.map(({ place, text }) => ({ kind: MaterialKind.safeParse(place).data ?? null, text }))

/** 一次告知补正: every gap in one go; the items without any material stand in the list already. */
function ReturnForm(step: StepFormProps) {
  const { missing } = useApplication()
  return (
    <StepForm<GapValues>
      step={step}
      initial={{ gaps: missing.map((kind) => ({ place: kind, text: `缺少：${titleOf(kind)}` })) }}
      inputOf={(values) => ({ gaps: gapsOf(values) })}
      label="一次告知"
    >
      <p className="muted">请把需要补正的内容一次列全。</p>
      <Form.List name="gaps">
        {(fields, { add, remove }) => (
          <>
            {fields.map(({ key, name }) => (
              <fieldset key={key} className="form-item">
                <legend>第 {name + 1} 项</legend>
                <Form.Item name={[name, 'place']} label="材料">
                  <Select options={places} />
                </Form.Item>
                <Form.Item
                  name={[name, 'text']}
                  label="需要补正的内容"
                  rules={[{ required: true, whitespace: true, message: '请写明需要补正的内容' }]}
                >
                  <Input.TextArea autoSize={{ minRows: 1, maxRows: 4 }} maxLength={300} />
                </Form.Item>
                <button type="button" className="quiet" onClick={() => remove(name)}>
                  删去此项
                </button>
              </fieldset>
            ))}
            <Button onClick={() => add({ place: whole, text: '' })}>增加一项</Button>
          </>
        )}
      </Form.List>
    </StepForm>
  )
}

/** 补正后重新提交: the whole form anew, with what was handed in before. */
function ResubmitForm(step: StepFormProps) {
  const { record } = useApplication()
  return (
    <StepForm<FormValues> step={step} initial={fieldsOf(record)} inputOf={formOf} label="重新提交">
      <FormFields />
    </StepForm>
  )
}

function WithdrawForm(step: StepFormProps) {
  return (
    <StepForm step={step} label="撤回申请">
      <Form.Item name="reason" label="理由" rules={[{ required: true, whitespace: true, message: '请写明理由' }]}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={500} />
      </Form.Item>
    </StepForm>
  )
}

/** 受理 takes nothing and is only confirmed. */
export const permitForms: NonNullable<StepsProps['forms']> = {
  return: ReturnForm,
  resubmit: ResubmitForm,
  withdraw: WithdrawForm,
}
