/** A government that takes part, as it is stored. */
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('party')
export class PartyEntity {
  @PrimaryColumn('text')
  iso3!: string;

  @Column('text', { name: 'name_en' })
  nameEn!: string;

  @Column('text', { name: 'name_ja' })
  nameJa!: string;
}
