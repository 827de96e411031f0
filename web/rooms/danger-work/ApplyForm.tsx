import { type ApplyInput, pourContract } from '@plumbline/core/danger-work'
import { projectContract } from '@plumbline/core/project'
import { Button, Form, Input, Select } from 'antd'
import { useNavigate, useSearchParams } from 'react-router'
import { useRoute } from '../../kit/api.ts'
import { useEntry } from '../../kit/entry.ts'
import { Failure, InstantItem } from '../../kit/ui/index.ts'

const needed = (what: string) => [{ required: true, message: `请${what}` }]

/** 申请浇筑令: where, when, by which plan, and which devices watch. */
export function ApplyForm() {
  const [params] = useSearchParams()
  const navigate = useNavigate()
  const [form] = Form.useForm<ApplyInput>()
  const projectId = Form.useWatch('projectId', form)
  const { enter, error, pending } = useEntry(pourContract.apply, form)
  const send = (input: ApplyInput) => enter({ input }, ({ record }) => void navigate(`/pour/${record.id}`))
  return (
    <Form<ApplyInput>
      form={form}
      layout="vertical"
      initialValues={{ projectId: params.get('projectId') ?? undefined }}
      onFinish={send}
      scrollToFirstError
    >
      <Form.Item name="projectId" label="项目" rules={needed('选择项目')}>
        <ProjectChoice />
      </Form.Item>
      <Form.Item name="zone" label="浇筑区域" rules={needed('写明浇筑区域')}>
        <Input maxLength={60} placeholder="如 3 号楼门厅顶板" />
      </Form.Item>
      <InstantItem name="plannedStart" label="计划开始" missing="请选择计划开始时间" />
      <InstantItem name="plannedEnd" label="计划结束" missing="请选择计划结束时间" />
      <Form.Item name="scheme" label="专项施工方案" extra="方案名称或编号，以及章节" rules={needed('写明专项施工方案')}>
        <Input maxLength={120} />
      </Form.Item>
      <Form.Item
        name="deviceIds"
        label="监测设备"
        extra="浇筑期间监测此处支架的高支模设备"
        rules={needed('选择监测设备')}
      >
        <DeviceChoice projectId={projectId} />
      </Form.Item>
      {error && <Failure error={error} />}
      <div className="form-buttons">
        <Button type="primary" htmlType="submit" loading={pending}>
          申请浇筑令
        </Button>
      </div>
    </Form>
  )
}

interface ChoiceProps<T> {
  id?: string
  value?: T
  onChange?: (value: T) => void
}

/** Whoever applies manages a project or two: they are all offered. */
function ProjectChoice(props: ChoiceProps<string>) {
  const found = useRoute(projectContract.list, { query: { limit: 30 } })
  return (
    <Select
      {...props}
      placeholder="选择项目"
      loading={found.isFetching}
      options={(found.data?.rows ?? []).map(({ id, name }) => ({ value: id, label: name }))}
    />
  )
}

function DeviceChoice({ projectId, ...props }: ChoiceProps<string[]> & { projectId: string | undefined }) {
  const found = useRoute(
    pourContract.watchers,
    { params: { id: projectId ?? '' } },
    { enabled: projectId !== undefined },
  )
  return (
    <Select
      {...props}
      mode="multiple"
      placeholder={projectId ? '选择监测设备' : '请先选择项目'}
      disabled={!projectId}
      loading={found.isFetching}
      notFoundContent="本项目没有登记高支模监测设备"
      options={(found.data?.rows ?? []).map(({ id, name, freshness }) => ({
        value: id,
        label: freshness === 'live' ? name : `${name}（没有实时数据）`,
      }))}
    />
  )
}
