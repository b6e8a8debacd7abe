//! Where queries run.

use datafusion::arrow::array::AsArray;
use datafusion::arrow::datatypes::{Float64Type, Int64Type};
use datafusion::error::{DataFusionError, Result};
use datafusion::execution::SessionStateBuilder;
use datafusion::prelude::*;
use gradual::derivatives::{HessianSize, Size};

use crate::sums::Sums;
use crate::table::is_csv;
use crate::{Loss, Table, aggregate};

/// The name of file number `i` in queries.
fn name(i: usize) -> String {
    format!("file_{i}")
}

/// A table and a loss in an engine that runs queries.
pub struct Engine<const N: usize> {
    context: SessionContext,
    table: Table,
    loss: Loss<N>,
}

/// One file a partition: it is not divided, and its rows keep their order.
fn keep_files_whole(config: SessionConfig, partitions: usize) -> SessionConfig {
    config
        .with_target_partitions(partitions)
        .with_repartition_file_scans(false)
        .with_round_robin_repartition(false)
}

impl<const N: usize> Engine<N>
where
    Size<N>: HessianSize,
{
    /// In this program, on as many threads as its runtime has; `partitions` says into how many streams DataFusion divides its
    /// work.
    ///
    /// # Errors
    /// If a file cannot be read, or lacks a column of the loss.
    pub async fn embedded(table: &Table, loss: &Loss<N>, partitions: usize) -> Result<Self> {
        let config = keep_files_whole(SessionConfig::new(), partitions);
        let builder = SessionStateBuilder::new_with_default_features().with_config(config);
        Self::with(SessionContext::new_with_state(builder.build()), table, loss).await
    }

    /// On Ballista's executors, by a scheduler at an address such as `df://localhost:50050`. The files have to be where the
    /// executors find them by the same path, and the executors are programs that registered the loss: [`crate::Loss::aggregate`].
    ///
    /// # Errors
    /// As [`Engine::embedded`], and if there is no scheduler.
    #[cfg(feature = "ballista")]
    pub async fn remote(
        address: &str,
        table: &Table,
        loss: &Loss<N>,
        partitions: usize,
    ) -> Result<Self> {
        use ballista::prelude::{SessionConfigExt, SessionContextExt};

        let config = keep_files_whole(SessionConfig::new_with_ballista(), partitions);
        let builder = SessionStateBuilder::new_with_default_features().with_config(config);
        Self::with(SessionContext::remote_with_state(address, builder.build()).await?, table, loss)
            .await
    }

    async fn with(context: SessionContext, table: &Table, loss: &Loss<N>) -> Result<Self> {
        context.register_udaf(loss.aggregate());
        for (i, file) in table.files().iter().enumerate() {
            let path = file.to_string_lossy();
            if is_csv(file) {
                context.register_csv(name(i), &*path, CsvReadOptions::new()).await?;
            } else {
                context.register_parquet(name(i), &*path, ParquetReadOptions::default()).await?;
            }
            let schema = context.table(name(i)).await?.schema().clone();
            let found: Vec<_> = schema.fields().iter().map(|field| field.name().as_str()).collect();
            if let Some(lacking) = loss.columns().iter().find(|column| !found.contains(column)) {
                return Err(DataFusionError::Execution(format!(
                    "{path} has no column {lacking}, but {}",
                    found.join(", ")
                )));
            }
        }
        Ok(Self { context, table: table.clone(), loss: loss.clone() })
    }

    /// The query of one pass: a row for each file.
    fn query(&self, p: &[f64; N]) -> String {
        let columns: Vec<_> =
            self.loss.columns().iter().map(|column| format!("\"{column}\"")).collect();
        let doubles: Vec<_> =
            columns.iter().map(|column| format!("CAST({column} AS DOUBLE) AS {column}")).collect();
        let doubles = doubles.join(", ");
        let files: Vec<_> = (0..self.table.files().len())
            .map(|i| format!("SELECT CAST({i} AS BIGINT) AS file, {doubles} FROM {}", name(i)))
            .collect();
        format!(
            "SELECT file, {}({}, '{}') FROM ({}) GROUP BY file",
            self.loss.name(),
            columns.join(", "),
            aggregate::text(p),
            files.join(" UNION ALL ")
        )
    }

    /// The loss at `p` over all rows.
    ///
    /// # Errors
    /// The engine's, and a row whose loss is no finite number.
    pub(crate) async fn pass(&self, p: &[f64; N]) -> Result<Sums<N>> {
        let batches = self.context.sql(&self.query(p)).await?.collect().await?;
        let mut of_files: Vec<Option<Sums<N>>> = vec![None; self.table.files().len()];
        for batch in &batches {
            let files = batch.column(0).as_primitive::<Int64Type>();
            for (file, numbers) in
                files.values().iter().zip(batch.column(1).as_fixed_size_list().iter().flatten())
            {
                let numbers = numbers.as_primitive::<Float64Type>().values();
                of_files[*file as usize] = Some(Sums::from_numbers(numbers));
            }
        }
        let mut all = Sums::new();
        // A file without rows has no group.
        for (file, sums) in
            self.table.files().iter().zip(of_files).filter_map(|(file, sums)| Some((file, sums?)))
        {
            if let Some((row, values)) = sums.failure() {
                let columns: Vec<_> = self
                    .loss
                    .columns()
                    .iter()
                    .zip(values)
                    .map(|(column, value)| format!("{column} = {value}"))
                    .collect();
                return Err(DataFusionError::Execution(format!(
                    "{}: the loss of row {row} ({}; counted from 0) is no finite number at the parameters {p:?}",
                    file.display(),
                    columns.join(", ")
                )));
            }
            all.merge(&sums);
        }
        Ok(all)
    }
}
