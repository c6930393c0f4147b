/** A person's account, as it is stored. */
import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';

@Entity('person')
export class PersonEntity {
  @PrimaryColumn('uuid')
  id!: string;

  /** Unique whatever its case. */
  @Column('text')
  email!: string;

  @Column('text')
  name!: string;

  @Column('text')
  party!: string;

  @Column('text', { array: true })
  roles!: string[];

  /** Null for a person who cannot sign in with a password. */
  @Column('text', { name: 'password_hash', nullable: true })
  passwordHash!: string | null;

  @Column('timestamptz', { name: 'disabled_at', nullable: true })
  disabledAt!: Date | null;

  @Column('text')
  language!: string;

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' })
  createdAt!: Date;
}
