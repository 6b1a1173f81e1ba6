CREATE TABLE "snapshots" (
	"board_id" text NOT NULL,
	"seq" integer NOT NULL,
	"piece" integer NOT NULL,
	"pieces" integer NOT NULL,
	"checksum" integer NOT NULL,
	"bytes" "bytea" NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "snapshots_board_id_seq_piece_pk" PRIMARY KEY("board_id","seq","piece")
);
--> statement-breakpoint
ALTER TABLE "rows_set_aside" DROP CONSTRAINT "rows_set_aside_board_id_seq_pk";--> statement-breakpoint
ALTER TABLE "rows_set_aside" ADD COLUMN "piece" integer DEFAULT -1 NOT NULL;--> statement-breakpoint
ALTER TABLE "rows_set_aside" ADD CONSTRAINT "rows_set_aside_board_id_seq_piece_pk" PRIMARY KEY("board_id","seq","piece");--> statement-breakpoint
ALTER TABLE "snapshots" ADD CONSTRAINT "snapshots_board_id_boards_id_fk" FOREIGN KEY ("board_id") REFERENCES "public"."boards"("id") ON DELETE cascade ON UPDATE no action;