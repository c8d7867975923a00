from django.urls import path

from cordee.toolkit.health import views

app_name = "health"
urlpatterns = [path("", views.ready, name="ready"), path("vivant/", views.live, name="live")]
