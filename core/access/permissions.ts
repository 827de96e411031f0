import { type Capacity, isOfficer, isProjectPost } from './capacity.ts'

/** One vocabulary of permissions: noun.verb. `public` asks nothing, `signed_in` a session. */
export const permissions = [
  'public',
  'signed_in',
  'account.administer',
  'rule.read',
  'rule.administer',
  'clock.move',
  'operations.read',
  'operations.act',
  'org.read',
  'org.write',
  'person.read',
  'person.write',
  'project.read',
  'project.write',
  'project.assign',
  'project.act',
  'inspection.read',
  'inspection.act',
  'rectification.read',
  'rectification.order',
  'rectification.act',
  'permit.read',
  'permit.act',
  'device.read',
  'device.onboard',
  'device.act',
  'telemetry.read',
  'danger_work.read',
  'danger_work.act',
  'evidence.read',
] as const

export type Permission = (typeof permissions)[number]

const everyOfficer: Permission[] = [
  'rule.read',
  'org.read',
  'person.read',
  'project.read',
  'inspection.read',
  'rectification.read',
  'permit.read',
  'device.read',
  'telemetry.read',
  'danger_work.read',
  'evidence.read',
]
const everyPost: Permission[] = [
  'rule.read',
  'org.read',
  'project.read',
  'inspection.read',
  'inspection.act',
  'rectification.read',
  'rectification.act',
  'permit.read',
  'device.read',
  'telemetry.read',
  'danger_work.read',
]

const granted: Record<Capacity, readonly Permission[]> = {
  inspector: [
    ...everyOfficer,
    'inspection.act',
    'rectification.order',
    'rectification.act',
    'device.act',
    'danger_work.act',
    'project.act',
  ],
  chief: [
    ...everyOfficer,
    'inspection.act',
    'rectification.order',
    'rectification.act',
    'project.write',
    'project.assign',
    'project.act',
    'device.onboard',
    'device.act',
    'danger_work.act',
    'operations.read',
    'operations.act',
  ],
  clerk: [...everyOfficer, 'org.write', 'person.write', 'project.write', 'project.act', 'permit.act'],
  leader: [...everyOfficer, 'operations.read'],
  admin: [
    ...everyOfficer,
    'account.administer',
    'rule.administer',
    'org.write',
    'person.write',
    'project.write',
    'project.assign',
    'device.onboard',
    'device.act',
    'operations.read',
    'operations.act',
  ],
  owner_rep: [...everyPost, 'permit.act'],
  project_manager: [...everyPost, 'device.act', 'danger_work.act'],
  safety_officer: [...everyPost, 'device.act', 'danger_work.act'],
  chief_engineer: [...everyPost, 'danger_work.act'],
  company: [
    'rule.read',
    'org.read',
    'project.read',
    'inspection.read',
    'rectification.read',
    'permit.read',
    'device.read',
    'telemetry.read',
    'danger_work.read',
  ],
  citizen: [],
  system: permissions,
  guest: [],
}

/** Whether a capacity may knock at a route's door at all; reach and the workflow decide the rest. */
export function may(capacity: Capacity, permission: Permission): boolean {
  if (permission === 'public') return true
  if (permission === 'signed_in') return capacity !== 'guest'
  // The movable clock exists only in demo mode; there officers and the parties of projects may play with it.
  if (permission === 'clock.move') return isOfficer(capacity) || isProjectPost(capacity) || capacity === 'company'
  return granted[capacity].includes(permission)
}

export const permissionsOf = (capacity: Capacity): Permission[] => permissions.filter((one) => may(capacity, one))
