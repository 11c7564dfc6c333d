//! What features keep in memory beside a database or a person, without the engine knowing of them.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard};

/// Work that is waited for.
pub type Waited<'a> = Pin<Box<dyn Future<Output = ()> + Send + 'a>>;

/// What a feature keeps in memory.
pub trait FeatureState: Any + Send + Sync {
    /// Waits for what must not be cut short, before the database is closed.
    fn closing(&self) -> Waited<'_> {
        Box::pin(async {})
    }
}

/// One value of each type that was asked for.
#[derive(Default)]
pub(crate) struct Features(Mutex<HashMap<TypeId, Arc<dyn FeatureState>>>);

impl Features {
    /// The value of a type, made when it is first asked for.
    pub(crate) fn state<T: FeatureState + Default>(&self) -> Arc<T> {
        let state = Arc::clone(self.states().entry(TypeId::of::<T>()).or_insert_with(|| Arc::new(T::default())));
        let state: Arc<dyn Any + Send + Sync> = state;
        // The map has each value under its own type.
        state.downcast().unwrap_or_else(|_| unreachable!("a value of another type"))
    }

    /// Lets every feature end what it is about.
    pub(crate) async fn closing(&self) {
        let states: Vec<Arc<dyn FeatureState>> = self.states().values().cloned().collect();
        for state in states {
            state.closing().await;
        }
    }

    fn states(&self) -> MutexGuard<'_, HashMap<TypeId, Arc<dyn FeatureState>>> {
        // A panic while a value is made leaves the others whole.
        self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU32, Ordering};

    #[derive(Default)]
    struct Seen(AtomicU32);
    impl FeatureState for Seen {
        fn closing(&self) -> Waited<'_> {
            Box::pin(async { self.0.store(8, Ordering::Relaxed) })
        }
    }

    #[derive(Default)]
    struct Other;
    impl FeatureState for Other {}

    #[tokio::test]
    async fn one_value_of_each_type() {
        let features = Features::default();
        features.state::<Seen>().0.store(7, Ordering::Relaxed);
        let _other = features.state::<Other>();
        assert_eq!(features.state::<Seen>().0.load(Ordering::Relaxed), 7);
        features.closing().await;
        assert_eq!(features.state::<Seen>().0.load(Ordering::Relaxed), 8);
    }
}
