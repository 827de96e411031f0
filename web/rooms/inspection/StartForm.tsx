import { type InspectionKind, inspectionContract as contract } from '@plumbline/core/inspection'
import { projectContract } from '@plumbline/core/project'
import { baseContract } from '@plumbline/core/base'
import { Button, Form, Input, Select } from 'antd'
import { useDeferredValue, useState } from 'react'
import { ApiError, call, newRequestId, useRoute } from '../../kit/api.ts'
import { markFields } from '../../kit/fields.ts'
import { Failure } from '../../kit/ui/index.ts'
import { isScored, kindOptions, tableOptions, templateOptions } from './choices.ts'

interface Fields {
  projectId: string
  kind: InspectionKind
  templateCode: string
  tables?: string[]
  officerIds: string[]
  part?: string
  weather?: string
}

interface StartFormProps {
  /** Set when the way here led from a project. */
  projectId?: string
  /** Set when it led from an alarm, which the record then names. */
  alarmId?: string | null
  onStarted: (id: string) => void
}

/** Begins an inspection: where, of what kind, by which form, with whom. */
export function StartForm({ projectId, alarmId = null, onStarted }: StartFormProps) {
  const [form] = Form.useForm<Fields>()
  const [requestId, setRequestId] = useState(newRequestId)
  const [pending, setPending] = useState(false)
  const [error, setError] = useState<ApiError>()
  const kind = Form.useWatch('kind', form)
  const templateCode = Form.useWatch('templateCode', form)
  const chosen = Form.useWatch('projectId', form) ?? projectId

  const start = async ({ tables = [], officerIds, part = '', weather = '', ...fields }: Fields) => {
    setPending(true)
    setError(undefined)
    try {
      const input = {
        ...fields,
        tables: isScored(fields.templateCode) ? tables : [],
        officerIds,
        part,
        weather,
        alarmId,
      }
      const { record } = await call(contract.start, { body: { requestId, input } })
      onStarted(record.id)
    } catch (caught) {
      const refusal = caught instanceof ApiError ? caught : new ApiError(0, 'internal', 'internal')
      // Without an answer the draft may already stand: the same id makes another try harmless.
      if (refusal.kind !== 'network') setRequestId(newRequestId())
      markFields(form, refusal, ['input'])
      setError(refusal)
    }
    setPending(false)
  }
  const required = { required: true, message: '请选择' }
  return (
    <Form
      form={form}
      layout="vertical"
      onFinish={(fields) => void start(fields)}
      initialValues={{ projectId, kind: 'routine', templateCode: 'jgj59', officerIds: [], tables: [] }}
      onValuesChange={(part: Partial<Fields>) => {
        if (part.kind) form.setFieldValue('templateCode', templateOptions(part.kind)[0]?.value)
        if (part.projectId) form.setFieldValue('officerIds', [])
      }}
    >
      <Form.Item name="projectId" label="项目" rules={[required]}>
        <ProjectSelect />
      </Form.Item>
      <Form.Item name="kind" label="检查类型" rules={[required]}>
        <Select options={kindOptions} />
      </Form.Item>
      <Form.Item name="templateCode" label="检查表" rules={[required]}>
        <Select options={templateOptions(kind)} />
      </Form.Item>
      {isScored(templateCode) && (
        <Form.Item
          name="tables"
          label="本次使用的评分表"
          rules={[{ required: true, message: '请至少选择一张评分表' }]}
          extra="工地没有的内容不选，汇总时按缺项换算。"
        >
          <Select mode="multiple" options={tableOptions} optionFilterProp="label" placeholder="选择评分表" />
        </Form.Item>
      )}
      <Form.Item
        name="officerIds"
        label="同行监督员"
        rules={[{ required: true, message: '检查须由两名以上监督员进行' }]}
      >
        <OfficerSelect projectId={chosen} />
      </Form.Item>
      <Form.Item name="part" label="检查部位、形象进度">
        <Input maxLength={200} placeholder="3 号楼十层，主体施工" />
      </Form.Item>
      <Form.Item name="weather" label="天气">
        <Input maxLength={40} placeholder="多云" />
      </Form.Item>
      {error && <Failure error={error} />}
      <Button type="primary" htmlType="submit" size="large" block loading={pending}>
        开始检查
      </Button>
    </Form>
  )
}

interface SelectProps<T> {
  id?: string
  value?: T
  onChange?: (value: T) => void
}

/** Projects by part of their name, code or initials; the one the way led from is shown by its name. */
export function ProjectSelect({ id, value, onChange }: SelectProps<string>) {
  const [words, setWords] = useState('')
  const q = useDeferredValue(words.trim())
  const found = useRoute(baseContract.search, { query: { q, room: 'project' } }, { enabled: q !== '' })
  const own = useRoute(projectContract.get, { params: { id: value ?? '' } }, { enabled: Boolean(value) && q === '' })
  const known = own.data ? [{ value: own.data.record.id, label: own.data.record.name }] : []
  const options = q ? (found.data?.rows ?? []).map((row) => ({ value: row.id, label: row.title })) : known
  return (
    <Select
      id={id}
      value={value ?? null}
      onChange={(next: string) => {
        setWords('')
        onChange?.(next)
      }}
      showSearch={{ filterOption: false, onSearch: setWords }}
      loading={found.isFetching}
      options={options}
      placeholder="输入项目名称、编码或拼音首字母"
      notFoundContent={q ? '没有找到' : '请输入名称、编码或拼音首字母'}
      aria-label="项目"
    />
  )
}

function OfficerSelect({ projectId, id, value, onChange }: SelectProps<string[]> & { projectId: string | undefined }) {
  const { data, error } = useRoute(
    contract.officers,
    { query: { projectId: projectId ?? '' } },
    { enabled: Boolean(projectId) },
  )
  const options = (data?.rows ?? []).map(({ personId, name, certificate, assigned }) => ({
    value: personId,
    label: `${name}${assigned ? ' · 本项目' : ' · 邀请'}${certificate ? '' : ' · 未登记证件'}`,
    disabled: certificate === null,
  }))
  return (
    <>
      <Select
        id={id}
        mode="multiple"
        value={value ?? []}
        onChange={onChange}
        options={options}
        optionFilterProp="label"
        placeholder={projectId ? '选择同行的监督员' : '请先选择项目'}
        disabled={!projectId}
        aria-label="同行监督员"
      />
      {error && <Failure error={error} />}
    </>
  )
}
