IF OBJECT_ID(N'[__EFMigrationsHistory]') IS NULL
BEGIN
    CREATE TABLE [__EFMigrationsHistory] (
        [MigrationId] nvarchar(150) NOT NULL,
        [ProductVersion] nvarchar(32) NOT NULL,
        CONSTRAINT [PK___EFMigrationsHistory] PRIMARY KEY ([MigrationId])
    );
END;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123011920_Initial'
)
BEGIN
    CREATE TABLE [api_keys] (
        [id] uniqueidentifier NOT NULL,
        [name] nvarchar(64) NOT NULL,
        [prefix] nvarchar(32) NOT NULL,
        [secret_hash] varbinary(32) NOT NULL,
        [role] nvarchar(32) NOT NULL,
        [created_at] datetime2 NOT NULL,
        [created_by] nvarchar(256) NOT NULL,
        [last_used_at] datetime2 NULL,
        [revoked_at] datetime2 NULL,
        CONSTRAINT [pk_api_keys] PRIMARY KEY ([id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123011920_Initial'
)
BEGIN
    CREATE TABLE [audit_entries] (
        [id] bigint NOT NULL IDENTITY,
        [at] datetime2 NOT NULL,
        [actor_kind] nvarchar(32) NOT NULL,
        [actor] nvarchar(256) NOT NULL,
        [address] nvarchar(256) NULL,
        [action] nvarchar(64) NOT NULL,
        [subject] nvarchar(256) NOT NULL,
        [reason] nvarchar(2000) NULL,
        [detail_json] nvarchar(max) NULL,
        CONSTRAINT [pk_audit_entries] PRIMARY KEY ([id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123011920_Initial'
)
BEGIN
    CREATE TABLE [environments] (
        [name] nvarchar(64) NOT NULL,
        [required_approvals] int NOT NULL,
        [created_at] datetime2 NOT NULL,
        CONSTRAINT [pk_environments] PRIMARY KEY ([name])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123011920_Initial'
)
BEGIN
    CREATE TABLE [first_administrators] (
        [id] int NOT NULL,
        [person_id] uniqueidentifier NOT NULL,
        [created_at] datetime2 NOT NULL,
        CONSTRAINT [pk_first_administrators] PRIMARY KEY ([id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123011920_Initial'
)
BEGIN
    CREATE TABLE [models] (
        [name] nvarchar(64) NOT NULL,
        [description] nvarchar(2000) NOT NULL,
        [created_at] datetime2 NOT NULL,
        [created_by] nvarchar(256) NOT NULL,
        CONSTRAINT [pk_models] PRIMARY KEY ([name])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123011920_Initial'
)
BEGIN
    CREATE TABLE [outcomes] (
        [id] bigint NOT NULL IDENTITY,
        [report_digest] nvarchar(71) NOT NULL,
        [prediction_id] nvarchar(256) NULL,
        [model] nvarchar(64) NULL,
        [routing_key] nvarchar(256) NULL,
        [name] nvarchar(64) NOT NULL,
        [value] float NOT NULL,
        [at] datetime2 NOT NULL,
        [received_at] datetime2 NOT NULL,
        CONSTRAINT [pk_outcomes] PRIMARY KEY ([id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123011920_Initial'
)
BEGIN
    CREATE TABLE [people] (
        [id] uniqueidentifier NOT NULL,
        [display_name] nvarchar(256) NOT NULL,
        [roles] nvarchar(256) NOT NULL,
        [created_at] datetime2 NOT NULL,
        [user_name] nvarchar(256) NULL,
        [normalized_user_name] nvarchar(256) NULL,
        [email] nvarchar(256) NULL,
        [normalized_email] nvarchar(256) NULL,
        [email_confirmed] bit NOT NULL,
        [password_hash] nvarchar(max) NULL,
        [security_stamp] nvarchar(max) NULL,
        [concurrency_stamp] nvarchar(max) NULL,
        [phone_number] nvarchar(max) NULL,
        [phone_number_confirmed] bit NOT NULL,
        [two_factor_enabled] bit NOT NULL,
        [lockout_end] datetime2 NULL,
        [lockout_enabled] bit NOT NULL,
        [access_failed_count] int NOT NULL,
        CONSTRAINT [pk_people] PRIMARY KEY ([id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123011920_Initial'
)
BEGIN
    CREATE TABLE [split_changes] (
        [environment] nvarchar(64) NOT NULL,
        [model] nvarchar(64) NOT NULL,
        [generation] bigint NOT NULL,
        [champion] int NOT NULL,
        [rollout_id] bigint NULL,
        [requested_at] datetime2 NOT NULL,
        [saved_milliseconds] float NOT NULL,
        CONSTRAINT [pk_split_changes] PRIMARY KEY ([environment], [model], [generation])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123011920_Initial'
)
BEGIN
    CREATE TABLE [windows] (
        [id] bigint NOT NULL IDENTITY,
        [node_id] uniqueidentifier NOT NULL,
        [incarnation] uniqueidentifier NOT NULL,
        [environment] nvarchar(64) NOT NULL,
        [model] nvarchar(64) NOT NULL,
        [version] int NOT NULL,
        [role] nvarchar(32) NOT NULL,
        [segment] nvarchar(256) NOT NULL,
        [start] datetime2 NOT NULL,
        [seconds] int NOT NULL,
        [counts] nvarchar(max) NOT NULL,
        [requests] bigint NOT NULL,
        [predictions] bigint NOT NULL,
        [failed_requests] bigint NOT NULL,
        [mirror_dropped] bigint NOT NULL,
        CONSTRAINT [pk_windows] PRIMARY KEY ([id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123011920_Initial'
)
BEGIN
    CREATE TABLE [nodes] (
        [id] uniqueidentifier NOT NULL,
        [name] nvarchar(64) NOT NULL,
        [environment] nvarchar(64) NOT NULL,
        [address] nvarchar(256) NOT NULL,
        [key] nvarchar(64) NOT NULL,
        [incarnation] uniqueidentifier NOT NULL,
        [program_version] nvarchar(64) NOT NULL,
        [runtime_version] nvarchar(64) NOT NULL,
        [cores] int NOT NULL,
        [memory_bytes] bigint NOT NULL,
        [resident_bytes] bigint NOT NULL,
        [ready] bit NOT NULL,
        [enlisted_at] datetime2 NOT NULL,
        [last_report_at] datetime2 NOT NULL,
        [placements] nvarchar(max) NOT NULL,
        [generations] nvarchar(max) NOT NULL,
        CONSTRAINT [pk_nodes] PRIMARY KEY ([id]),
        CONSTRAINT [fk_nodes_environments_environment] FOREIGN KEY ([environment]) REFERENCES [environments] ([name]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123011920_Initial'
)
BEGIN
    CREATE TABLE [versions] (
        [model] nvarchar(64) NOT NULL,
        [version] int NOT NULL,
        [status] nvarchar(32) NOT NULL,
        [release_digest] nvarchar(71) NOT NULL,
        [artifact_digest] nvarchar(71) NOT NULL,
        [artifact_bytes] bigint NOT NULL,
        [contract_json] nvarchar(max) NOT NULL,
        [contract_inferred] bit NOT NULL,
        [golden_digest] nvarchar(71) NULL,
        [golden_rows] int NOT NULL,
        [notes] nvarchar(2000) NOT NULL,
        [checks] nvarchar(max) NOT NULL,
        [operators] nvarchar(max) NOT NULL,
        [engine] nvarchar(32) NULL,
        [check_id] uniqueidentifier NOT NULL,
        [check_node_id] uniqueidentifier NULL,
        [check_assigned_at] datetime2 NULL,
        [created_at] datetime2 NOT NULL,
        [created_by] nvarchar(256) NOT NULL,
        CONSTRAINT [pk_versions] PRIMARY KEY ([model], [version]),
        CONSTRAINT [fk_versions_models_model] FOREIGN KEY ([model]) REFERENCES [models] ([name]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123011920_Initial'
)
BEGIN
    CREATE TABLE [person_claims] (
        [id] int NOT NULL IDENTITY,
        [user_id] uniqueidentifier NOT NULL,
        [claim_type] nvarchar(max) NULL,
        [claim_value] nvarchar(max) NULL,
        CONSTRAINT [pk_person_claims] PRIMARY KEY ([id]),
        CONSTRAINT [fk_person_claims_people_user_id] FOREIGN KEY ([user_id]) REFERENCES [people] ([id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123011920_Initial'
)
BEGIN
    CREATE TABLE [person_logins] (
        [login_provider] nvarchar(128) NOT NULL,
        [provider_key] nvarchar(128) NOT NULL,
        [provider_display_name] nvarchar(max) NULL,
        [user_id] uniqueidentifier NOT NULL,
        CONSTRAINT [pk_person_logins] PRIMARY KEY ([login_provider], [provider_key]),
        CONSTRAINT [fk_person_logins_people_user_id] FOREIGN KEY ([user_id]) REFERENCES [people] ([id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123011920_Initial'
)
BEGIN
    CREATE TABLE [person_tokens] (
        [user_id] uniqueidentifier NOT NULL,
        [login_provider] nvarchar(128) NOT NULL,
        [name] nvarchar(128) NOT NULL,
        [value] nvarchar(max) NULL,
        CONSTRAINT [pk_person_tokens] PRIMARY KEY ([user_id], [login_provider], [name]),
        CONSTRAINT [fk_person_tokens_people_user_id] FOREIGN KEY ([user_id]) REFERENCES [people] ([id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123011920_Initial'
)
BEGIN
    CREATE TABLE [split_acknowledgements] (
        [environment] nvarchar(64) NOT NULL,
        [model] nvarchar(64) NOT NULL,
        [generation] bigint NOT NULL,
        [node] nvarchar(64) NOT NULL,
        [acknowledged_milliseconds] float NULL,
        [reason] nvarchar(2000) NULL,
        CONSTRAINT [pk_split_acknowledgements] PRIMARY KEY ([environment], [model], [generation], [node]),
        CONSTRAINT [fk_split_acknowledgements_splitchanges_environment_model_generation] FOREIGN KEY ([environment], [model], [generation]) REFERENCES [split_changes] ([environment], [model], [generation]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123011920_Initial'
)
BEGIN
    CREATE TABLE [releases] (
        [id] bigint NOT NULL IDENTITY,
        [environment] nvarchar(64) NOT NULL,
        [model] nvarchar(64) NOT NULL,
        [version] int NOT NULL,
        [release_digest] nvarchar(71) NOT NULL,
        [served_from] datetime2 NOT NULL,
        [served_until] datetime2 NULL,
        [cause] nvarchar(32) NOT NULL,
        [by] nvarchar(256) NOT NULL,
        [reason] nvarchar(2000) NOT NULL,
        [rollout_id] bigint NULL,
        [generation] bigint NOT NULL,
        CONSTRAINT [pk_releases] PRIMARY KEY ([id]),
        CONSTRAINT [fk_releases_versions_model_version] FOREIGN KEY ([model], [version]) REFERENCES [versions] ([model], [version]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123011920_Initial'
)
BEGIN
    CREATE TABLE [rollouts] (
        [id] bigint NOT NULL IDENTITY,
        [model] nvarchar(64) NOT NULL,
        [environment] nvarchar(64) NOT NULL,
        [version] int NOT NULL,
        [release_digest] nvarchar(71) NOT NULL,
        [champion] int NULL,
        [plan] nvarchar(max) NOT NULL,
        [required_approvals] int NOT NULL,
        [approvals] int NOT NULL,
        [phase] nvarchar(32) NOT NULL,
        [step] int NOT NULL,
        [step_began_at] datetime2 NULL,
        [salt] nvarchar(64) NOT NULL,
        [reason] nvarchar(2000) NOT NULL,
        [roll_back_generation] bigint NULL,
        [created_by] nvarchar(256) NOT NULL,
        [created_at] datetime2 NOT NULL,
        [changed_at] datetime2 NOT NULL,
        [stamp] uniqueidentifier NOT NULL,
        [open_slot] nvarchar(129) NULL,
        CONSTRAINT [pk_rollouts] PRIMARY KEY ([id]),
        CONSTRAINT [fk_rollouts_environments_environment] FOREIGN KEY ([environment]) REFERENCES [environments] ([name]) ON DELETE NO ACTION,
        CONSTRAINT [fk_rollouts_versions_model_version] FOREIGN KEY ([model], [version]) REFERENCES [versions] ([model], [version]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123011920_Initial'
)
BEGIN
    CREATE TABLE [splits] (
        [environment] nvarchar(64) NOT NULL,
        [model] nvarchar(64) NOT NULL,
        [generation] bigint NOT NULL,
        [champion] int NOT NULL,
        [previous_champion] int NULL,
        [shares] nvarchar(max) NOT NULL,
        [mirrors] nvarchar(max) NOT NULL,
        [salt] nvarchar(64) NOT NULL,
        [changed_at] datetime2 NOT NULL,
        CONSTRAINT [pk_splits] PRIMARY KEY ([environment], [model]),
        CONSTRAINT [fk_splits_environments_environment] FOREIGN KEY ([environment]) REFERENCES [environments] ([name]) ON DELETE NO ACTION,
        CONSTRAINT [fk_splits_versions_model_champion] FOREIGN KEY ([model], [champion]) REFERENCES [versions] ([model], [version]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123011920_Initial'
)
BEGIN
    CREATE TABLE [gate_evaluations] (
        [id] bigint NOT NULL IDENTITY,
        [rollout_id] bigint NOT NULL,
        [step] int NOT NULL,
        [gate_index] int NOT NULL,
        [outcome] nvarchar(32) NOT NULL,
        [verdict] nvarchar(max) NOT NULL,
        [inputs_json] nvarchar(max) NOT NULL,
        [at] datetime2 NOT NULL,
        CONSTRAINT [pk_gate_evaluations] PRIMARY KEY ([id]),
        CONSTRAINT [fk_gate_evaluations_rollouts_rollout_id] FOREIGN KEY ([rollout_id]) REFERENCES [rollouts] ([id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123011920_Initial'
)
BEGIN
    CREATE TABLE [rollout_history] (
        [id] bigint NOT NULL IDENTITY,
        [rollout_id] bigint NOT NULL,
        [at] datetime2 NOT NULL,
        [by] nvarchar(256) NOT NULL,
        [what] nvarchar(256) NOT NULL,
        [phase] nvarchar(32) NOT NULL,
        [step] int NOT NULL,
        [reason] nvarchar(2000) NOT NULL,
        CONSTRAINT [pk_rollout_history] PRIMARY KEY ([id]),
        CONSTRAINT [fk_rollout_history_rollouts_rollout_id] FOREIGN KEY ([rollout_id]) REFERENCES [rollouts] ([id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123011920_Initial'
)
BEGIN
    IF EXISTS (SELECT * FROM [sys].[identity_columns] WHERE [name] IN (N'name', N'created_at', N'required_approvals') AND [object_id] = OBJECT_ID(N'[environments]'))
        SET IDENTITY_INSERT [environments] ON;
    EXEC(N'INSERT INTO [environments] ([name], [created_at], [required_approvals])
    VALUES (N''production'', ''1970-01-01T00:00:00.0000000Z'', 0)');
    IF EXISTS (SELECT * FROM [sys].[identity_columns] WHERE [name] IN (N'name', N'created_at', N'required_approvals') AND [object_id] = OBJECT_ID(N'[environments]'))
        SET IDENTITY_INSERT [environments] OFF;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123011920_Initial'
)
BEGIN
    CREATE INDEX [ix_api_keys_prefix] ON [api_keys] ([prefix]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123011920_Initial'
)
BEGIN
    CREATE INDEX [ix_audit_entries_at] ON [audit_entries] ([at]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123011920_Initial'
)
BEGIN
    CREATE INDEX [ix_audit_entries_subject] ON [audit_entries] ([subject]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123011920_Initial'
)
BEGIN
    CREATE INDEX [ix_gate_evaluations_rollout_id_gate_index_at] ON [gate_evaluations] ([rollout_id], [gate_index], [at]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123011920_Initial'
)
BEGIN
    CREATE UNIQUE INDEX [ix_nodes_environment_name] ON [nodes] ([environment], [name]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123011920_Initial'
)
BEGIN
    CREATE INDEX [ix_outcomes_at] ON [outcomes] ([at]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123011920_Initial'
)
BEGIN
    CREATE INDEX [ix_outcomes_model_routing_key] ON [outcomes] ([model], [routing_key]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123011920_Initial'
)
BEGIN
    CREATE INDEX [ix_outcomes_prediction_id] ON [outcomes] ([prediction_id]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123011920_Initial'
)
BEGIN
    CREATE UNIQUE INDEX [ix_outcomes_report_digest] ON [outcomes] ([report_digest]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123011920_Initial'
)
BEGIN
    CREATE INDEX [ix_people_normalized_email] ON [people] ([normalized_email]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123011920_Initial'
)
BEGIN
    EXEC(N'CREATE UNIQUE INDEX [ix_people_normalized_user_name] ON [people] ([normalized_user_name]) WHERE [normalized_user_name] IS NOT NULL');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123011920_Initial'
)
BEGIN
    CREATE INDEX [ix_person_claims_user_id] ON [person_claims] ([user_id]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123011920_Initial'
)
BEGIN
    CREATE INDEX [ix_person_logins_user_id] ON [person_logins] ([user_id]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123011920_Initial'
)
BEGIN
    CREATE INDEX [ix_releases_environment_model_served_from] ON [releases] ([environment], [model], [served_from]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123011920_Initial'
)
BEGIN
    CREATE INDEX [ix_releases_model_version] ON [releases] ([model], [version]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123011920_Initial'
)
BEGIN
    CREATE INDEX [ix_releases_served_from] ON [releases] ([served_from]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123011920_Initial'
)
BEGIN
    CREATE INDEX [ix_rollout_history_rollout_id] ON [rollout_history] ([rollout_id]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123011920_Initial'
)
BEGIN
    CREATE INDEX [ix_rollouts_environment_model] ON [rollouts] ([environment], [model]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123011920_Initial'
)
BEGIN
    CREATE INDEX [ix_rollouts_model_version] ON [rollouts] ([model], [version]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123011920_Initial'
)
BEGIN
    EXEC(N'CREATE UNIQUE INDEX [ix_rollouts_open_slot] ON [rollouts] ([open_slot]) WHERE [open_slot] IS NOT NULL');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123011920_Initial'
)
BEGIN
    CREATE INDEX [ix_splits_model_champion] ON [splits] ([model], [champion]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123011920_Initial'
)
BEGIN
    CREATE UNIQUE INDEX [ix_versions_model_release_digest] ON [versions] ([model], [release_digest]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123011920_Initial'
)
BEGIN
    CREATE INDEX [ix_versions_status] ON [versions] ([status]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123011920_Initial'
)
BEGIN
    CREATE INDEX [ix_windows_environment_model_start] ON [windows] ([environment], [model], [start]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123011920_Initial'
)
BEGIN
    CREATE UNIQUE INDEX [ix_windows_node_id_incarnation_start_model_version_role_segment] ON [windows] ([node_id], [incarnation], [start], [model], [version], [role], [segment]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123011920_Initial'
)
BEGIN
    CREATE INDEX [ix_windows_start] ON [windows] ([start]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123011920_Initial'
)
BEGIN
    EXEC(N'CREATE TRIGGER audit_entries_append_only ON audit_entries INSTEAD OF UPDATE, DELETE AS
    BEGIN
        THROW 51000, ''audit_entries is append-only'', 1;
    END;');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123011920_Initial'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261123011920_Initial', N'10.0.14');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123040006_InferenceContract'
)
BEGIN
    ALTER TABLE [versions] ADD [baseline] nvarchar(max) NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123040006_InferenceContract'
)
BEGIN
    ALTER TABLE [versions] ADD [golden_report] nvarchar(max) NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123040006_InferenceContract'
)
BEGIN
    ALTER TABLE [versions] ADD [import_notes] nvarchar(max) NOT NULL DEFAULT N'[]';
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123040006_InferenceContract'
)
BEGIN
    ALTER TABLE [rollouts] ADD [accepted_changes] nvarchar(max) NOT NULL DEFAULT N'[]';
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123040006_InferenceContract'
)
BEGIN
    ALTER TABLE [models] ADD [compatibility] nvarchar(32) NOT NULL DEFAULT N'Backward';
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123040006_InferenceContract'
)
BEGIN
    CREATE TABLE [consumers] (
        [id] uniqueidentifier NOT NULL,
        [model] nvarchar(64) NOT NULL,
        [name] nvarchar(64) NOT NULL,
        [response_major] int NOT NULL,
        [fields] nvarchar(max) NOT NULL,
        [owner] nvarchar(256) NOT NULL,
        [contact] nvarchar(256) NOT NULL,
        [created_at] datetime2 NOT NULL,
        [created_by] nvarchar(256) NOT NULL,
        [stamp] uniqueidentifier NOT NULL,
        CONSTRAINT [pk_consumers] PRIMARY KEY ([id]),
        CONSTRAINT [fk_consumers_models_model] FOREIGN KEY ([model]) REFERENCES [models] ([name]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123040006_InferenceContract'
)
BEGIN
    CREATE TABLE [contract_drafts] (
        [id] uniqueidentifier NOT NULL,
        [model] nvarchar(64) NOT NULL,
        [artifact_digest] nvarchar(71) NULL,
        [artifact_bytes] bigint NOT NULL,
        [golden_digest] nvarchar(71) NULL,
        [baseline_digest] nvarchar(71) NULL,
        [contract_text] nvarchar(max) NOT NULL,
        [notes] nvarchar(2000) NOT NULL,
        [source] nvarchar(256) NOT NULL,
        [import_notes] nvarchar(max) NOT NULL,
        [created_at] datetime2 NOT NULL,
        [created_by] nvarchar(256) NOT NULL,
        [changed_at] datetime2 NOT NULL,
        [stamp] uniqueidentifier NOT NULL,
        CONSTRAINT [pk_contract_drafts] PRIMARY KEY ([id]),
        CONSTRAINT [fk_contract_drafts_models_model] FOREIGN KEY ([model]) REFERENCES [models] ([name]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123040006_InferenceContract'
)
BEGIN
    CREATE TABLE [acknowledgements] (
        [id] bigint NOT NULL IDENTITY,
        [consumer_id] uniqueidentifier NOT NULL,
        [model] nvarchar(64) NOT NULL,
        [version] int NOT NULL,
        [against] int NOT NULL,
        [changes_digest] nvarchar(71) NOT NULL,
        [comment] nvarchar(2000) NOT NULL,
        [at] datetime2 NOT NULL,
        [by] nvarchar(256) NOT NULL,
        CONSTRAINT [pk_acknowledgements] PRIMARY KEY ([id]),
        CONSTRAINT [fk_acknowledgements_consumers_consumer_id] FOREIGN KEY ([consumer_id]) REFERENCES [consumers] ([id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123040006_InferenceContract'
)
BEGIN
    CREATE UNIQUE INDEX [ix_acknowledgements_consumer_id_changes_digest] ON [acknowledgements] ([consumer_id], [changes_digest]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123040006_InferenceContract'
)
BEGIN
    CREATE UNIQUE INDEX [ix_consumers_model_name] ON [consumers] ([model], [name]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123040006_InferenceContract'
)
BEGIN
    CREATE INDEX [ix_contract_drafts_model_changed_at] ON [contract_drafts] ([model], [changed_at]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123040006_InferenceContract'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261123040006_InferenceContract', N'10.0.14');
END;

COMMIT;
GO

