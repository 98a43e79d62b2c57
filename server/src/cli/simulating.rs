//! `fifteen simulate`: a town lives a year in a few minutes, and every promise is looked up.

use super::{Failure, benching::Folder};
use clap::Args;
use std::time::Instant;
use store::{
    Db, health,
    simulation::{Life, SimulationError, Told, simulate},
};

#[derive(Debug, Args)]
pub(super) struct SimulateArgs {
    /// How long.
    #[arg(long, default_value_t = 365)]
    days: u32,
    /// The same seed lives the same life.
    #[arg(long, default_value_t = 15)]
    seed: u64,
    /// An empty database; it stays as the life has left it. Without it a SQLite file in the folder for
    /// temporary files, which is deleted.
    #[arg(long)]
    into: Option<String>,
}

/// Lives, and says what happened; a failure with the first promise that does not hold.
pub(super) async fn live(args: SimulateArgs) -> Result<(), Failure> {
    let folder = Folder::make()?;
    let file = format!("sqlite:{}", folder.0.join("town.db").display());
    let url = args.into.as_ref().unwrap_or(&file);
    let db = Db::open(url).await?;
    let inhabited = health::has_people(&db).await?;
    db.close().await;
    if inhabited {
        return Err(Failure::Inhabited);
    }
    let began = Instant::now();
    let life = Life { days: args.days, seed: args.seed };
    let told = simulate(url, life, |day, told| {
        if day % 30 == 0 {
            println!("day {day}: {} requests, {} moves", told.filed, told.made);
        }
    });
    let told = told.await.map_err(|error| match error {
        SimulationError::Store(error) => Failure::from(error),
        SimulationError::Broken { day, what } => Failure::Promise { seed: args.seed, day, what },
    })?;
    say(life, &told, began);
    Ok(())
}

fn say(life: Life, told: &Told, began: Instant) {
    let Told { filed, made, refused, races, raised, released, reminded, .. } = *told;
    let Told { outages, restarts, looks, erased, minutes, rows, .. } = *told;
    println!(
        "{} days of seed {} in {:.0} s: {filed} requests, {made} moves, {refused} tries refused, \
         {races} races for the last place; {raised} deadlines passed, {reminded} were told \
         beforehand, {released} claims went back; {outages} outages, {restarts} restarts; {looks} \
         looks at contact data, {erased} times erased; {minutes} minutes approved. Every promise \
         held; {rows} rows of the chains are whole.",
        life.days,
        life.seed,
        began.elapsed().as_secs_f64(),
    );
}
