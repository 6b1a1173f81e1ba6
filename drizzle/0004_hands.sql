CREATE TABLE "match_contacts" (
	"board_id" text NOT NULL,
	"from_id" text NOT NULL,
	"to_id" text NOT NULL,
	"text" text NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "match_contacts_board_id_from_id_to_id_pk" PRIMARY KEY("board_id","from_id","to_id")
);
--> statement-breakpoint
CREATE TABLE "matches" (
	"board_id" text PRIMARY KEY NOT NULL,
	"groups" jsonb NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "moments" (
	"board_id" text NOT NULL,
	"at" bigint NOT NULL,
	"phase" text NOT NULL,
	"why" text NOT NULL,
	"lay" "bytea" NOT NULL,
	CONSTRAINT "moments_board_id_at_pk" PRIMARY KEY("board_id","at")
);
--> statement-breakpoint
CREATE TABLE "reactions" (
	"board_id" text NOT NULL,
	"card_id" text NOT NULL,
	"participant_id" text NOT NULL,
	"reaction" text NOT NULL,
	"count" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "reactions_board_id_card_id_participant_id_pk" PRIMARY KEY("board_id","card_id","participant_id")
);
--> statement-breakpoint
CREATE TABLE "suggestion_answers" (
	"board_id" text NOT NULL,
	"key" text NOT NULL,
	"accepted" boolean NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "suggestion_answers_board_id_key_pk" PRIMARY KEY("board_id","key")
);
--> statement-breakpoint
CREATE TABLE "own_exercises" (
	"owner_id" text NOT NULL,
	"id" text NOT NULL,
	"exercise" jsonb NOT NULL,
	"created_at" bigint NOT NULL,
	"changed_at" bigint NOT NULL,
	CONSTRAINT "own_exercises_owner_id_id_pk" PRIMARY KEY("owner_id","id")
);
--> statement-breakpoint
CREATE TABLE "former_states" (
	"workshop_id" text NOT NULL,
	"version" integer NOT NULL,
	"deed" text NOT NULL,
	"state" jsonb NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "former_states_workshop_id_version_pk" PRIMARY KEY("workshop_id","version")
);
--> statement-breakpoint
CREATE TABLE "signals" (
	"participant_id" text PRIMARY KEY NOT NULL,
	"workshop_id" text NOT NULL,
	"ready_for" text,
	"pulse" text,
	"pulse_at" bigint,
	"hand_at" bigint
);
--> statement-breakpoint
ALTER TABLE "votes" DROP CONSTRAINT "votes_board_id_participant_id_target_pk";--> statement-breakpoint
ALTER TABLE "participants" ADD COLUMN "without_device" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "participants" ADD COLUMN "kept_by" text;--> statement-breakpoint
ALTER TABLE "votes" ADD COLUMN "round" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "votes" ADD COLUMN "against" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "votes" ADD CONSTRAINT "votes_board_id_participant_id_round_target_against_pk" PRIMARY KEY("board_id","participant_id","round","target","against");--> statement-breakpoint
ALTER TABLE "votes" ADD COLUMN "x" integer;--> statement-breakpoint
ALTER TABLE "votes" ADD COLUMN "y" integer;--> statement-breakpoint
ALTER TABLE "votes" ADD COLUMN "at" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "workshops" ADD COLUMN "rehearsal_of" text;--> statement-breakpoint
ALTER TABLE "match_contacts" ADD CONSTRAINT "match_contacts_board_id_boards_id_fk" FOREIGN KEY ("board_id") REFERENCES "public"."boards"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "match_contacts" ADD CONSTRAINT "match_contacts_from_id_participants_id_fk" FOREIGN KEY ("from_id") REFERENCES "public"."participants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "match_contacts" ADD CONSTRAINT "match_contacts_to_id_participants_id_fk" FOREIGN KEY ("to_id") REFERENCES "public"."participants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "matches" ADD CONSTRAINT "matches_board_id_boards_id_fk" FOREIGN KEY ("board_id") REFERENCES "public"."boards"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "moments" ADD CONSTRAINT "moments_board_id_boards_id_fk" FOREIGN KEY ("board_id") REFERENCES "public"."boards"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reactions" ADD CONSTRAINT "reactions_board_id_boards_id_fk" FOREIGN KEY ("board_id") REFERENCES "public"."boards"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reactions" ADD CONSTRAINT "reactions_participant_id_participants_id_fk" FOREIGN KEY ("participant_id") REFERENCES "public"."participants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "suggestion_answers" ADD CONSTRAINT "suggestion_answers_board_id_boards_id_fk" FOREIGN KEY ("board_id") REFERENCES "public"."boards"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "own_exercises" ADD CONSTRAINT "own_exercises_owner_id_accounts_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "former_states" ADD CONSTRAINT "former_states_workshop_id_workshops_id_fk" FOREIGN KEY ("workshop_id") REFERENCES "public"."workshops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "signals" ADD CONSTRAINT "signals_participant_id_participants_id_fk" FOREIGN KEY ("participant_id") REFERENCES "public"."participants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "signals" ADD CONSTRAINT "signals_workshop_id_workshops_id_fk" FOREIGN KEY ("workshop_id") REFERENCES "public"."workshops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "signals_workshop_id_index" ON "signals" USING btree ("workshop_id");