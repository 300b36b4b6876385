/** Somebody who can be picked on the sign-in page. None of them exists. */
export interface SamplePerson {
  readonly subject: string
  readonly name: string
  readonly email: string
  readonly groups: readonly string[]
  /** What choosing this person shows. */
  readonly purpose: string
}

export const samplePeople: readonly SamplePerson[] = [
  {
    subject: 'amara',
    name: 'Amara Okoye',
    email: 'amara@example.com',
    groups: ['engineering', 'platform-admins', 'on-call'],
    purpose: 'Platform engineer, in several groups',
  },
  {
    subject: 'bruno',
    name: 'Bruno Castellani',
    email: 'bruno@example.com',
    groups: ['engineering'],
    purpose: 'Software engineer',
  },
  {
    subject: 'chiyo',
    name: 'Chiyo Tanabe',
    email: 'chiyo@example.com',
    groups: ['data-science', 'engineering'],
    purpose: 'Data scientist, in two groups',
  },
  {
    subject: 'dagny',
    name: 'Dagny Solheim',
    email: 'dagny@example.com',
    groups: ['security'],
    purpose: 'Security analyst',
  },
  {
    subject: 'emil',
    name: 'Emil Horváth',
    email: 'emil@example.com',
    groups: ['contractors'],
    purpose: 'Contractor',
  },
  {
    subject: 'farah',
    name: 'Farah Nadir',
    email: 'farah@example.com',
    groups: [],
    purpose: 'New colleague, in no group yet',
  },
]

export const findSamplePerson = (subject: string): SamplePerson | undefined =>
  samplePeople.find((person) => person.subject === subject)
